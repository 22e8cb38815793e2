import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someoneSignedIn } from '@/db/testing-browser'
import { person } from '@/db/testing-world'
import { createBusiness } from '@/server/business/business/create'
import type { Role } from '@/server/core/actor'
import { type Call, newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { grantsOf } from '../user/session'
import { grantMembership } from './grant'
import { listTeam } from './list-team'
import { listMembers, listOwnMemberships } from './queries'
import { revokeMembership } from './revoke'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

/** Somebody as they would come in now, with what the database says they hold. */
const as = async (userId: string): Promise<Call> => newCall(person(userId, [...(await grantsOf(userId))]))

async function business(ownerId = newId()) {
  const slug = `h-${newId().slice(-12)}`
  const { businessId } = await createBusiness.execute(
    { name: 'House', slug, timeZone: 'Europe/Berlin' },
    newCall(person(ownerId)),
  )
  return { businessId, ownerId }
}
const give = async (businessId: string, by: string, userId: string, role: Role) =>
  (await grantMembership.execute({ businessId, userId, role }, await as(by))).membershipId
const take = async (businessId: string, by: string, membershipId: string) =>
  revokeMembership.execute({ businessId, membershipId }, await as(by))
const owners = async (businessId: string) =>
  (
    await db.owner<{ id: string; userId: string }[]>`
    select id, user_id as "userId" from membership where tenant_id = ${businessId} and role = 'owner' and revoked_at is null`
  ).map((r) => ({ ...r }))
const types = async (membershipId: string) =>
  (
    await db.owner<{ type: string; version: number }[]>`
    select type, version from event_log where aggregate_id = ${membershipId} order by version`
  ).map((r) => [r.type, r.version])

describe('a role', () => {
  test('is given, taken and given again, each by a fact', async () => {
    const { businessId, ownerId } = await business()
    const userId = newId()
    const membershipId = await give(businessId, ownerId, userId, 'agent')
    expect(await give(businessId, ownerId, userId, 'agent')).toBe(membershipId)
    await take(businessId, ownerId, membershipId)
    await expect(take(businessId, ownerId, membershipId)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await grantsOf(userId)).toEqual([])
    expect(await give(businessId, ownerId, userId, 'agent')).toBe(membershipId)
    expect(await types(membershipId)).toEqual([
      ['auth.membership.granted.v1', 1],
      ['auth.membership.revoked.v1', 2],
      ['auth.membership.granted.v1', 3],
    ])
  })

  test('is given once, however many give it at once', async () => {
    const { businessId, ownerId } = await business()
    const userId = newId()
    const ids = await Promise.all([1, 2, 3, 4].map(() => give(businessId, ownerId, userId, 'provider')))
    expect(new Set(ids).size).toBe(1)
    expect(await types(ids[0] ?? '')).toHaveLength(1)
  })

  test('of an owner is an owner’s to give and take', async () => {
    const { businessId, ownerId } = await business()
    const [admin, other] = [newId(), newId()]
    await give(businessId, ownerId, admin, 'admin')
    await expect(give(businessId, admin, other, 'owner')).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(give(businessId, admin, admin, 'owner')).rejects.toMatchObject({ kind: 'forbidden' })
    const second = await give(businessId, ownerId, other, 'owner')
    await expect(take(businessId, admin, second)).rejects.toMatchObject({ kind: 'forbidden' })
    await give(businessId, admin, newId(), 'kit_keeper')
    expect(await owners(businessId)).toHaveLength(2)
  })

  test('just taken gives nothing away, even to one who came in with it', async () => {
    const { businessId, ownerId } = await business()
    const admin = newId()
    const membershipId = await give(businessId, ownerId, admin, 'admin')
    const stale = await as(admin)
    await take(businessId, ownerId, membershipId)
    const grant = grantMembership.execute({ businessId, userId: admin, role: 'admin' }, stale)
    await expect(grant).rejects.toMatchObject({ kind: 'not_found' })
    expect(await grantsOf(admin)).toEqual([])
  })
})

describe('the last owner', () => {
  test('stays', async () => {
    const { businessId, ownerId } = await business()
    const [only] = await owners(businessId)
    await expect(take(businessId, ownerId, only?.id ?? '')).rejects.toMatchObject({
      kind: 'conflict',
      code: 'last_owner',
    })
  })

  test('stays though they own another business too', async () => {
    const { businessId, ownerId } = await business()
    await business(ownerId)
    const [only] = await owners(businessId)
    await expect(take(businessId, ownerId, only?.id ?? '')).rejects.toMatchObject({ code: 'last_owner' })
  })

  test('stays when the owners take the role from each other, or give it up, at the same time', async () => {
    for (let round = 0; round < 8; round++) {
      const { businessId, ownerId } = await business()
      const others = [newId(), newId()]
      for (const other of others) await give(businessId, ownerId, other, 'owner')
      const all = await owners(businessId)
      const calls = await Promise.all(all.map(({ userId }) => as(userId)))
      const racing = all.map(({ id: membershipId }, n) =>
        revokeMembership.execute(
          { businessId, membershipId },
          calls[(n + 1 + (round % 3)) % all.length] as Call,
        ),
      )
      const outcomes = await Promise.allSettled(racing)
      const codes = outcomes.flatMap((o) =>
        o.status === 'rejected' ? [(o.reason as { code: string }).code] : [],
      )
      const left = await owners(businessId)
      expect(left).toHaveLength(codes.length)
      expect(left.length).toBeGreaterThan(0)
      for (const code of codes) expect(['last_owner', 'not_found']).toContain(code)
    }
  })
})

describe('a person of two businesses', () => {
  test('cannot reach from one into the other', async () => {
    const { businessId: here, ownerId } = await business()
    const { businessId: there } = await business(ownerId)
    const membershipId = await give(there, ownerId, ownerId, 'provider')
    await expect(take(here, ownerId, membershipId)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await types(membershipId)).toHaveLength(1)
    const agent = newId()
    await give(here, ownerId, agent, 'agent')
    const { businessId: own } = await business(agent)
    const reach = grantMembership.execute(
      { businessId: here, userId: newId(), role: 'agent' },
      await as(agent),
    )
    await expect(reach).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await grantsOf(agent)).map((g) => g.tenantId).sort()).toEqual([here, own].sort())
  })

  test('sees their own roles everywhere, and each business only its own members', async () => {
    const { businessId: here, ownerId } = await business()
    const { businessId: there } = await business(ownerId)
    const own = await listOwnMemberships.execute({}, await as(ownerId))
    expect(own.memberships.map((m) => [m.businessId, m.role]).sort()).toEqual(
      [
        [here, 'owner'],
        [there, 'owner'],
      ].sort(),
    )
    const listed = await listMembers.execute({ businessId: here }, await as(ownerId))
    expect(listed.members.map((m) => [m.userId, m.role])).toEqual([[ownerId, 'owner']])
    await expect(listMembers.execute({ businessId: there }, await as(newId()))).rejects.toMatchObject({
      kind: 'not_found',
    })
  })

  test('is listed with the others a page at a time', async () => {
    const { businessId, ownerId } = await business()
    for (let n = 0; n < 4; n++) await give(businessId, ownerId, newId(), 'agent')
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await listMembers.execute({ businessId, limit: 2, after }, await as(ownerId))
      seen.push(...page.members.map((m) => m.id))
      after = page.after ?? undefined
    } while (after)
    expect(new Set(seen).size).toBe(5)
    expect(seen).toEqual([...seen].sort())
  })

  test('is found by the person’s name, each person once with all they are', async () => {
    const { businessId, ownerId } = await business()
    for (const name of ['Zoë Ax', 'äther', 'Bo']) {
      const { userId } = await someoneSignedIn(`${newId()}@example.com`, name)
      await give(businessId, ownerId, userId, 'agent')
      if (name === 'Bo') await give(businessId, ownerId, userId, 'provider')
    }
    const call = await as(ownerId)
    const { people } = await listTeam.execute({ businessId }, call)
    expect(people.map(({ name, roles }) => [name, roles.map(({ role }) => role).sort()])).toEqual([
      ['', ['owner']],
      ['äther', ['agent']],
      ['Bo', ['agent', 'provider']],
      ['Zoë Ax', ['agent']],
    ])
    const found = await listTeam.execute({ businessId, q: 'ZOE' }, call)
    expect(found).toMatchObject({ people: [{ name: 'Zoë Ax' }], after: null })
    const first = await listTeam.execute({ businessId, limit: 3 }, call)
    expect(first.people).toEqual(people.slice(0, 3))
    const rest = await listTeam.execute({ businessId, limit: 3, after: first.after ?? undefined }, call)
    expect(rest).toEqual({ people: people.slice(3), after: null })
  })
})
