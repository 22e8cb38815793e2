import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { testWorld } from '@/db/testing-world'
import { startHandling } from '@/jobs/run'
import { subscriptions } from '@/jobs/subscriptions'
import { ask } from '@/server/auth/user/ask'
import { roles } from '@/server/core/actor'
import { buildBusiness } from './business'
import { chance } from './chance'
import { type Login, noteLogins, signUpAll } from './logins'
import { seed } from './seed'
import { businesses, people } from './world'

vi.setConfig({ testTimeout: 120_000 })

let db: TestDatabase
let dir: string

beforeEach(async () => {
  db = await testDatabase()
  dir = mkdtempSync(join(tmpdir(), 'slotwise-seed-'))
})
afterEach(async () => {
  await db.drop()
  rmSync(dir, { recursive: true, force: true })
})

const DAY = 86_400_000
const told = () => JSON.parse(readFileSync(join(dir, 'demo.json'), 'utf8')) as Login[]
const eventCount = async () =>
  (await db.owner<{ n: number }[]>`select count(*)::int as n from event_log`)[0]?.n
const appointments = () => db.owner<{ provider: string; client: string; starts_at: Date; status: string }[]>`
  select p.name as provider, c.name as client, a.starts_at, a.status
  from appointment a join provider p on p.id = a.provider_id join contact c on c.id = a.contact_id
  order by p.name, a.starts_at, c.name`
const promised = businesses.flatMap((b) => b.providers).reduce((sum, p) => sum + p.bookings, 0)

test('an empty database becomes an invented world in which everybody can log in', async () => {
  const began = Date.now()
  expect(await seed({ dir })).toBe('seeded')
  console.log(`the demo world took ${Date.now() - began} ms`)

  const held = await db.owner<
    { role: string }[]
  >`select distinct role from membership where revoked_at is null`
  expect(held.map((r) => r.role).sort()).toEqual([...roles].sort())
  expect(told().map((login) => login.role)).toEqual(expect.arrayContaining([...roles, 'operator']))
  expect(statSync(join(dir, 'demo.json')).mode & 0o777).toBe(0o600)
  expect(existsSync(join(dir, 'demo.json.part'))).toBe(false)
  for (const { email, password } of told())
    await expect(ask((api) => api.signInEmail({ body: { email, password } }))).resolves.toMatchObject({
      user: { email },
    })
  const operators = await db.owner<{ email: string }[]>`select email from auth."user" where operator`
  expect(operators.map((o) => o.email)).toEqual(['operator@demo.example'])

  const booked = await appointments()
  expect(booked).toHaveLength(promised)
  const statuses = Map.groupBy(booked, (a) => a.status)
  expect(statuses.get('cancelled')?.length).toBeGreaterThan(5)
  expect(statuses.get('confirmed')?.length).toBeGreaterThan(100)
  for (const { starts_at } of booked) {
    expect(starts_at.getTime()).toBeGreaterThan(began)
    expect(starts_at.getTime()).toBeLessThan(began + 29 * DAY)
  }
  const [slots] = await db.owner<{ written: number; filled: number }[]>`
    select count(*) filter (where origin = 'written')::int as written,
           count(*) filter (where taken > 1)::int as filled from slot where status = 'open'`
  expect(slots?.written).toBeGreaterThan(15)
  expect(slots?.filled).toBeGreaterThan(5)
  const before = await eventCount()
  expect(await seed({ dir })).toBe('already')
  expect(await eventCount()).toBe(before)

  const running = await startHandling(subscriptions)
  await assertInvariants(db.owner, { drained: subscriptions, withinMs: 60_000 })
  await running.stop()
})

test('two installations begun at one moment show the same world, with passwords of their own', async () => {
  const now = Date.now()
  await seed({ dir, now })
  const [first, passwords] = [await appointments(), told().map((l) => l.password)]
  await db.drop()
  db = await testDatabase()
  await seed({ dir, now })
  expect(await appointments()).toEqual(first)
  expect(told().map((l) => l.password)).not.toEqual(passwords)
  expect(new Set(passwords).size).toBe(passwords.length)
})

test('interrupted, it goes on where it stopped', async () => {
  const [berlin, newYork] = businesses
  if (!berlin || !newYork) throw new Error('the demo has two businesses at least')
  const logins = noteLogins(dir)
  const userOf = signUpAll(logins.slice(0, 9))
  await Promise.all(people.slice(0, 9).map(({ login }) => userOf(login)))
  await buildBusiness(
    { ...berlin, providers: berlin.providers.map((p) => ({ ...p, bookings: 3 })) },
    userOf,
    Date.now(),
  )
  await buildBusiness({ ...newYork, providers: newYork.providers.slice(1, 2) }, userOf, Date.now())

  expect(await seed({ dir })).toBe('seeded')
  expect(told()).toEqual(logins)
  expect(await appointments()).toHaveLength(promised)
  const twice = await db.owner`
    select name from provider group by tenant_id, name having count(*) > 1
    union all select name from service group by tenant_id, name having count(*) > 1
    union all select name from business group by name having count(*) > 1
    union all select role from membership group by tenant_id, user_id, role having count(*) > 1`
  expect(twice).toHaveLength(0)
  await assertInvariants(db.owner)
})

test('beside somebody’s own data it does nothing, however often it was begun', async () => {
  noteLogins(dir)
  await testWorld()
  const before = await eventCount()
  expect(await seed({ dir })).toBe('not_empty')
  expect(await eventCount()).toBe(before)
  expect(existsSync(join(dir, 'demo.json'))).toBe(false)
})

test('dice with one seed fall alike, and evenly', () => {
  const [one, same, other] = [chance('a'), chance('a'), chance('b')]
  const throws = Array.from({ length: 2000 }, () => one.next())
  expect(throws.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => same.next()))
  expect(throws.slice(0, 50)).not.toEqual(Array.from({ length: 50 }, () => other.next()))
  const tenths = Map.groupBy(throws, (n) => Math.floor(n * 10))
  expect([...tenths.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (const fallen of tenths.values()) expect(fallen.length).toBeGreaterThan(120)
})
