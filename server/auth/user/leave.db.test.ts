import { afterAll, beforeAll, expect, test } from 'vitest'
import { relayDb } from '@/db/client'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { password, someoneSignedIn } from '@/db/testing-browser'
import { person } from '@/db/testing-world'
import { createBusiness } from '@/server/business/business/create'
import { newCall } from '@/server/core/command'
import { platformTenant } from '@/server/core/id'
import { open, readAggregate } from '@/server/core/log'
import { deleteAccount } from '@/server/workflows/delete-account'
import { grantMembership } from '../membership/grant'
import { exportData } from './export-data'
import { actorOf, grantsOf, signedIn } from './session'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const business = async (ownerId: string) => {
  const input = { name: 'House', slug: `h-${ownerId.slice(-12)}`, timeZone: 'Europe/Berlin' }
  return (await createBusiness.execute(input, newCall(person(ownerId)))).businessId
}
const everywhere = async (word: string) => {
  const tables = await db.owner<{ name: string }[]>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_schema in ('public', 'auth') and table_type = 'BASE TABLE'`
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await db.owner.unsafe(
        `select 1 from ${name} t where strpos(lower(t::text), $1) > 0 limit 1`,
        [word],
      )
      return rows.length > 0 ? [name] : []
    }),
  )
  return found.flat()
}

test('a person takes along everything that is kept about them, and nothing that opens anything', async () => {
  const ada = await someoneSignedIn('ada@example.com')
  await ada.post('update-user', { language: 'de' })
  await business(ada.userId)
  const who = (await signedIn(ada.headers())) ?? expect.fail('not signed in')
  const data = await exportData(who)
  expect(data).toMatchObject({
    profile: { email: 'ada@example.com', name: 'Ada Byron Lovelace', language: 'de' },
    memberships: [{ role: 'owner', revokedAt: null }],
    signInMethods: [{ method: 'credential' }],
  })
  expect(data.sessions).toHaveLength(1)
  expect(data.history.map((e) => [e.type, e.data])).toMatchObject([
    ['auth.user.created.v1', { email: 'ada@example.com' }],
    ['auth.user.updated.v1', { changes: { language: 'de' } }],
  ])
  const token = Object.values(ada.jar())[0]?.split('.')[0] ?? expect.fail('no cookie')
  expect(JSON.stringify(data)).not.toContain(token)
  expect(JSON.stringify(data)).not.toMatch(/"(password|token|publicKey)"/)
})

test('who leaves is forgotten: signed out, without roles, unreadable in the log, and may come again', async () => {
  const [bea, cyd] = [
    await someoneSignedIn('bea@quirk.example', 'Beatrix Quirk'),
    await someoneSignedIn('cyd@example.com'),
  ]
  const businessId = await business(cyd.userId)
  const owner = newCall(person(cyd.userId, [{ tenantId: businessId, role: 'owner' }]))
  await grantMembership.execute({ businessId, userId: bea.userId, role: 'provider' }, owner)
  const call = newCall(await actorOf(bea.headers()))
  await expect(deleteAccount(call, 'not hers at all')).rejects.toMatchObject({ code: 'wrong_password' })
  expect(await grantsOf(bea.userId)).toHaveLength(1)

  await deleteAccount(call, password)
  expect((await actorOf(bea.headers())).kind).toBe('anonymous')
  expect(await grantsOf(bea.userId)).toEqual([])
  expect(await everywhere('quirk')).toEqual([])
  const rows = await readAggregate(relayDb(), platformTenant, 'auth.user', bea.userId)
  const events = await Promise.all(rows.map((row) => open(relayDb(), row)))
  expect(events.map((e) => e?.type)).toEqual(['auth.user.created.v1', 'auth.user.erased.v1'])
  expect(events[0]?.data).toMatchObject({ email: null, firstName: null, lastName: null })
  await deleteAccount(call, undefined)
  expect(await readAggregate(relayDb(), platformTenant, 'auth.user', bea.userId)).toHaveLength(2)

  const again = await someoneSignedIn('bea@quirk.example', 'Beatrix Quirk')
  expect(again.userId).not.toBe(bea.userId)
  await assertInvariants(db.owner)
})

test('the last owner of a business stays', async () => {
  const dan = await someoneSignedIn('dan@example.com')
  await business(dan.userId)
  const call = newCall(await actorOf(dan.headers()))
  await expect(deleteAccount(call, password)).rejects.toMatchObject({ kind: 'conflict', code: 'last_owner' })
  expect((await actorOf(dan.headers())).kind).toBe('user')
})
