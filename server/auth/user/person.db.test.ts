import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { relayDb } from '@/db/client'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { browser, password, someoneSignedIn } from '@/db/testing-browser'
import { platformTenant } from '@/server/core/id'
import { open, readAggregate } from '@/server/core/log'
import { identity } from './identity'
import { makeOperator } from './make-operator'
import { actorOf } from './session'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const changesOf = async (userId: string) => {
  const rows = await readAggregate(relayDb(), platformTenant, 'auth.user', userId)
  const events = await Promise.all(rows.map((row) => open(relayDb(), row)))
  return events.slice(1).map((event) => [event?.version, event?.data.changes, event?.actorId])
}
const adapter = async () => (await identity().$context).internalAdapter
const otherPassword = 'another horse battery'
const again = async (email: string) => {
  const there = browser()
  await there.post('sign-in/email', { email, password })
  return there
}
const isIn = async (there: { headers(): Headers }) => (await actorOf(there.headers())).kind === 'user'

describe('a profile', () => {
  test('changes by a fact that says what, and not at all when nothing does', async () => {
    const ada = await someoneSignedIn('ada@example.com')
    const answer = await ada.post('update-user', {
      name: 'Ada King',
      language: 'de',
      timeZone: 'Europe/Vienna',
    })
    expect(await answer.json()).toMatchObject({
      user: { name: 'Ada King', language: 'de', timeZone: 'Europe/Vienna' },
    })
    await ada.post('update-user', { name: 'Ada King' })
    expect(await changesOf(ada.userId)).toEqual([
      [2, { name: 'Ada King', language: 'de', timeZone: 'Europe/Vienna' }, ada.userId],
    ])
  })

  test('takes no field that is not one’s own to change', async () => {
    const bob = await someoneSignedIn('bob@example.com')
    for (const body of [
      {},
      { operator: true },
      { email: 'b@example.com' },
      { emailVerified: true },
      { timeZone: 'Mars' },
    ])
      await expect(bob.post('update-user', body)).rejects.toMatchObject({ code: 'malformed' })
    expect(await changesOf(bob.userId)).toEqual([])
  })

  test('changed from several sides at once keeps its facts in order', async () => {
    const cyd = await someoneSignedIn('cyd@example.com')
    const names = Array.from({ length: 8 }, (_, n) => `Cyd the ${n}th`)
    const people = await adapter()
    await Promise.all(names.map((name) => people.updateUser(cyd.userId, { name })))
    await people.updateUserByEmail('CYD@example.com', { email: 'Cyd@New.example', emailVerified: true })
    const facts = await changesOf(cyd.userId)
    expect(facts.map(([version]) => version)).toEqual(facts.map((_, n) => n + 2))
    expect(facts.at(-1)?.[1]).toEqual({ email: 'cyd@new.example', emailVerified: true })
    const [row] = await db.owner<{ name: string }[]>`select name from auth.user where id = ${cyd.userId}`
    expect(facts.at(-2)?.[1]).toEqual({ name: row?.name })
  })

  test('cannot be changed or deleted behind the log', async () => {
    const dan = await someoneSignedIn('dan@example.com')
    const { adapter: rows } = await identity().$context
    const where = [{ field: 'id', value: dan.userId }]
    const silent = /one at a time, and erased by a verb/
    await expect(rows.updateMany({ model: 'user', where, update: { name: 'x' } })).rejects.toThrow(silent)
    await expect(rows.delete({ model: 'user', where })).rejects.toThrow(silent)
    await expect(rows.deleteMany({ model: 'user', where })).rejects.toThrow(silent)
    await expect(rows.consumeOne({ model: 'user', where })).rejects.toThrow(silent)
    expect(await isIn(dan)).toBe(true)
  })
})

describe('a new password', () => {
  test('ends every other session, keeps this one, and is a fact', async () => {
    const eva = await someoneSignedIn('eva@example.com')
    const elsewhere = await again(eva.email)
    const ticket = eva.headers()
    expect([await isIn(eva), await isIn(elsewhere)]).toEqual([true, true])
    await eva.post('change-password', { currentPassword: password, newPassword: otherPassword })
    expect([await isIn(eva), await isIn(elsewhere), (await actorOf(ticket)).kind]).toEqual([
      true,
      false,
      'anonymous',
    ])
    expect(await changesOf(eva.userId)).toEqual([[2, { password: 'changed' }, eva.userId]])
    await expect(again(eva.email)).rejects.toMatchObject({ code: 'wrong_credentials' })
    const entered = await browser().post('sign-in/email', { email: eva.email, password: otherPassword })
    expect(entered.status).toBe(200)
  })

  test('needs the old one', async () => {
    const flo = await someoneSignedIn('flo@example.com')
    const elsewhere = await again(flo.email)
    const wrong = { currentPassword: 'not her password', newPassword: otherPassword }
    await expect(flo.post('change-password', wrong)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'wrong_password',
    })
    expect([await isIn(flo), await isIn(elsewhere)]).toEqual([true, true])
    expect(await changesOf(flo.userId)).toEqual([])
  })

  test('ends them all when it came by a link', async () => {
    const gus = await someoneSignedIn('gus@example.com')
    const { password: hashing, internalAdapter } = await identity().$context
    await internalAdapter.updatePassword(gus.userId, await hashing.hash(otherPassword))
    expect(await isIn(gus)).toBe(false)
    expect(await changesOf(gus.userId)).toEqual([[2, { password: 'changed' }, gus.userId]])
  })

  test('that cannot be kept leaves the old one and its sessions', async () => {
    const hal = await someoneSignedIn('hal@example.com')
    await db.owner`revoke update on auth.account from slotwise_auth`
    const change = hal.post('change-password', { currentPassword: password, newPassword: otherPassword })
    await expect(change).rejects.toMatchObject({ code: '42501' })
    await db.owner`grant update on auth.account to slotwise_auth`
    expect(await isIn(hal)).toBe(true)
    expect(await changesOf(hal.userId)).toEqual([])
    expect(await isIn(await again(hal.email))).toBe(true)
  })
})

describe('sessions', () => {
  type Listed = { sessions: { id: string; address: string; current: boolean }[] }
  const listed = async (there: { get(path: string): Promise<Response> }) =>
    ((await (await there.get('list-sessions')).json()) as Listed).sessions

  test('are listed for their owner, and ended one by one or all others at once', async () => {
    const ivy = await someoneSignedIn('ivy@example.com')
    const [phone, tablet, library] = [await again(ivy.email), await again(ivy.email), await again(ivy.email)]
    const sessions = await listed(ivy)
    expect(sessions.map((s) => s.current)).toEqual([false, false, false, true])
    expect(sessions[0]?.address).toMatch(/^10\./)
    await ivy.post('end-session', { sessionId: sessions[0]?.id })
    expect([await isIn(library), await isIn(phone)]).toEqual([false, true])
    expect(await (await ivy.post('end-other-sessions')).json()).toEqual({ ended: 2 })
    expect([await isIn(phone), await isIn(tablet), await isIn(ivy)]).toEqual([false, false, true])
  })

  test('of others are not found', async () => {
    const [jon, kay] = [await someoneSignedIn('jon@example.com'), await someoneSignedIn('kay@example.com')]
    const [session] = await listed(jon)
    await expect(kay.post('end-session', { sessionId: session?.id })).rejects.toMatchObject({
      kind: 'not_found',
    })
    expect(await isIn(jon)).toBe(true)
  })

  test('do not pile up in one browser', async () => {
    const lou = await someoneSignedIn('lou@example.com')
    const ticket = lou.headers()
    await lou.post('sign-in/email', { email: lou.email, password })
    expect([(await actorOf(ticket)).kind, await isIn(lou)]).toEqual(['anonymous', true])
  })
})

test('an operator is made on the server, by a fact, once', async () => {
  const mia = await someoneSignedIn('mia@example.com')
  expect(await actorOf(mia.headers())).toMatchObject({ operator: false })
  expect(await makeOperator(' MIA@example.com ')).toEqual({ userId: mia.userId, already: false })
  expect(await actorOf(mia.headers())).toMatchObject({ operator: true })
  expect(await makeOperator('mia@example.com')).toEqual({ userId: mia.userId, already: true })
  expect(await changesOf(mia.userId)).toEqual([[2, { operator: true }, 'system:make-operator']])
  await expect(makeOperator('nobody@example.com')).rejects.toMatchObject({ code: 'no_such_account' })
})
