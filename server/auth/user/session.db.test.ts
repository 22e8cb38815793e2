import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { authDb } from '@/db/client'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { browser, someoneSignedIn } from '@/db/testing-browser'
import { person } from '@/db/testing-world'
import { createBusiness } from '@/server/business/business/create'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { grantMembership } from '../membership/grant'
import { revokeMembership } from '../membership/revoke'
import { actorOf, forget } from './session'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())
afterEach(() => vi.useRealTimers())

async function business() {
  const ownerId = newId()
  const input = { name: 'House', slug: `h-${ownerId.slice(-12)}`, timeZone: 'Europe/Berlin' }
  const { businessId } = await createBusiness.execute(input, newCall(person(ownerId)))
  return { businessId, owner: newCall(person(ownerId, [{ tenantId: businessId, role: 'owner' }])) }
}
const granted = (actor: Awaited<ReturnType<typeof actorOf>>) => (actor.kind === 'user' ? actor.grants : null)
const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })

describe('a signed-in person', () => {
  test('acts with their roles in every business, and without one from the moment it is taken', async () => {
    const ada = await someoneSignedIn('ada@example.com')
    const [here, there] = [await business(), await business()]
    const give = (b: typeof here, role: 'admin' | 'agent') =>
      grantMembership.execute({ businessId: b.businessId, userId: ada.userId, role }, b.owner)
    const { membershipId } = await give(here, 'admin')
    await give(there, 'agent')
    const both = [
      { tenantId: here.businessId, role: 'admin' },
      { tenantId: there.businessId, role: 'agent' },
    ]
    expect(granted(await actorOf(ada.headers()))).toEqual(expect.arrayContaining(both))
    await revokeMembership.execute({ businessId: here.businessId, membershipId }, here.owner)
    expect(granted(await actorOf(ada.headers()))).toEqual([{ tenantId: there.businessId, role: 'agent' }])
  })

  test('loses within five seconds what another process took', async () => {
    const bea = await someoneSignedIn('bea@example.com')
    const { businessId, owner } = await business()
    await grantMembership.execute({ businessId, userId: bea.userId, role: 'provider' }, owner)
    expect(granted(await actorOf(bea.headers()))).toHaveLength(1)
    await db.owner`update membership set revoked_at = now() where user_id = ${bea.userId}`
    later(5000)
    expect(granted(await actorOf(bea.headers()))).toEqual([])
    await db.owner`delete from auth.session where user_id = ${bea.userId}`
    later(5000)
    expect((await actorOf(bea.headers())).kind).toBe('anonymous')
  })

  test('is asked for once by many requests at a time', async () => {
    const cyd = await someoneSignedIn('cyd@example.com')
    forget()
    const select = vi.spyOn(authDb(), 'select')
    await Promise.all(Array.from({ length: 50 }, () => actorOf(cyd.headers())))
    await actorOf(cyd.headers())
    expect(select).toHaveBeenCalledTimes(1)
    select.mockRestore()
  })

  test('is asked for again when the database did not answer', async () => {
    const dan = await someoneSignedIn('dan@example.com')
    forget()
    await db.owner`revoke select on auth.session from slotwise_auth`
    await expect(actorOf(dan.headers())).rejects.toThrow()
    await db.owner`grant select on auth.session to slotwise_auth`
    expect((await actorOf(dan.headers())).kind).toBe('user')
  })
})

describe('nobody', () => {
  test('comes with a cookie of their own making', async () => {
    const token = 'a'.repeat(43)
    const cookies = [
      '',
      'slotwise.session_token',
      'slotwise.session_token=',
      `slotwise.session_token=${token}`,
      `slotwise.session_token=${token}.sig`,
      `slotwise.session_token="${token}.sig"`,
      'slotwise.session_token=%00%ff.x',
      `__Host-slotwise.session_token=${token}.x`,
      `${';'.repeat(2000)}=`,
      "slotwise.session_token=' or 1=1 --.x",
    ]
    for (const cookie of cookies)
      expect(await actorOf(new Headers({ cookie })), cookie.slice(0, 60)).toMatchObject({ kind: 'anonymous' })
  })

  test('is a session that has run out, or an account that was erased', async () => {
    const [eva, fay] = [await someoneSignedIn('eva@example.com'), await someoneSignedIn('fay@example.com')]
    await db.owner`update auth.session set expires_at = now() where user_id = ${eva.userId}`
    await db.owner`update auth.user set erased_at = now() where id = ${fay.userId}`
    forget()
    expect((await actorOf(eva.headers())).kind).toBe('anonymous')
    expect((await actorOf(fay.headers())).kind).toBe('anonymous')
    expect((await actorOf(browser().headers())).kind).toBe('anonymous')
  })
})
