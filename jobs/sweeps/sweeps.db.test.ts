import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { appDb, relayDb } from '@/db/client'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { pressLink, someoneSignedIn } from '@/db/testing-browser'
import { someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { addContact } from '@/server/business/contact/add'
import { mergeContacts } from '@/server/business/contact/merge'
import { createProvider } from '@/server/business/provider/create'
import { listing } from '@/server/business/provider/projection'
import { searchProviders } from '@/server/business/provider/search'
import { updateProvider } from '@/server/business/provider/update'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { currentState, stateAt } from '@/server/core/fold'
import { newId } from '@/server/core/id'
import { strayEvents } from '@/server/core/retention'
import { placeHold } from '@/server/scheduling/hold/place'
import { alone } from '../alone'
import { projectOnce, rebuild } from '../projector'
import { ensureCursor } from '../reader'
import { sweeps } from './all'
import { expiredHolds } from './expired-holds'
import { expiredKeys, handlingKeptDays, oldCounts, oldHandlings } from './expired-rows'
import { dropPartitions, findStrays, makePartitions } from './partitions'
import { startSweeps, sweepOnce } from './sweep'
import { unlinkedEntries } from './unlinked'

let db: TestDatabase
let world: World

beforeEach(async () => {
  db = await testDatabase()
  world = await testWorld({ amount: 1000 })
})
afterEach(() => db.drop())

const day = 24 * 60 * 60_000
const now = () => new Date()
const inYears = (n: number) => new Date(Date.now() + n * 366 * day)
const owner = () => newCall(world.owner)
const rename = (name: string) =>
  updateProvider.execute(
    { businessId: world.businessId, providerId: world.providerId, changes: { name } },
    owner(),
  )
const book = (clock: string) =>
  bookAppointment.execute(
    {
      providerId: world.providerId,
      serviceId: world.serviceId,
      startTime: world.at(2, clock),
      client: someone(),
    },
    newCall(anonymous),
  )

/** Moves what was recorded so far into the past, into partitions of its own. */
async function age(years: number, only = 'true') {
  await db.owner`select log_make_partitions(now() - make_interval(years => ${years}))`
  await db.owner.unsafe(
    `update event_log set recorded_at = recorded_at - make_interval(years => ${years}) where ${only}`,
  )
}
const leaves = async (): Promise<string[]> => {
  const rows = await db.owner<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits
    where inhparent::regclass::text in ('event_log_y1', 'event_log_y3', 'event_log_y7') order by 1`
  return rows.map((row) => row.name)
}
const inTenant = <T>(
  run: (tx: Parameters<Parameters<ReturnType<typeof appDb>['transaction']>[0]>[0]) => Promise<T>,
) =>
  appDb().transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.tenant', ${world.businessId}, true)`)
    return run(tx)
  })
const count = async (table: string, where = 'true') => {
  const [row] = await db.owner.unsafe<{ n: number }[]>(
    `select count(*)::int as n from ${table} where ${where}`,
  )
  return row?.n
}

test('there is always room for three periods to come, and made once', async () => {
  expect(await sweepOnce(makePartitions, now())).toBe(0)
  expect(await sweepOnce(makePartitions, new Date(Date.now() + 40 * day))).toBeGreaterThan(0)
  expect(await sweepOnce(makePartitions, new Date(Date.now() + 40 * day))).toBe(0)
})

test('what is past its time is dropped, and every state that followed from it stays', async () => {
  const first = await book('09:00')
  await cancelAppointment.execute({ id: first.id }, owner())
  const held = await placeHold.execute(
    {
      providerId: world.providerId,
      serviceId: world.serviceId,
      startTime: world.at(2, '15:00'),
      holder: newId(),
    },
    newCall(anonymous),
  )
  await rename('Older')
  await age(4)
  await rename('Newer')
  const second = await book('09:00')
  const before = await inTenant((tx) =>
    currentState(tx, world.businessId, 'business.provider', world.providerId),
  )
  await assertInvariants(db.owner)

  const kept = await leaves()
  expect(await sweepOnce(dropPartitions, now())).toBeGreaterThan(0)
  expect((await leaves()).length).toBeLessThan(kept.length)
  expect(await count('event_log', `type like 'business.service.%'`)).toBe(0)
  // Money and consent are kept seven years.
  expect(await count('event_log', `aggregate_id = '${first.id}'`)).toBe(3)
  await assertInvariants(db.owner)

  await inTenant(async (tx) => {
    const is = (type: string, id: string) => currentState(tx, world.businessId, type, id)
    expect(await is('business.provider', world.providerId)).toEqual(before)
    expect(await is('scheduling.hold', held.id)).toMatchObject({ version: 1, state: { status: 'active' } })
    expect(await is('booking.appointment', second.id)).toMatchObject({ state: { status: 'confirmed' } })
    const then = (at: Date) => stateAt(tx, world.businessId, 'business.provider', world.providerId, at)
    expect(await then(new Date(Date.now() - day))).toMatchObject({ version: 2, state: { name: 'Older' } })
    expect(await then(now())).toEqual(before)
    await expect(then(inYears(-5))).rejects.toMatchObject({ code: 'past_retention' })
  })
  await rename('Newest')
  await cancelAppointment.execute({ id: second.id }, owner())
  await assertInvariants(db.owner)
  expect(await sweepOnce(dropPartitions, now())).toBe(0)
})

test('a snapshot grows with each partition that goes, and a rebuild starts from it', async () => {
  await rename('Six years ago')
  await age(6)
  await rename('Four years ago')
  await createProvider.execute(
    {
      businessId: world.businessId,
      name: 'Bo',
      rules: { timeZone: world.zone, weekly: {}, overrides: {} },
      serviceIds: [world.serviceId],
    },
    owner(),
  )
  await age(4, `recorded_at > now() - interval '1 year'`)
  expect(await sweepOnce(dropPartitions, new Date(Date.now() - 2 * 366 * day))).toBeGreaterThan(0)
  const [one] = await db.owner<
    { version: number }[]
  >`select version from snapshot where id = ${world.providerId} and type = 'business.provider'`
  expect(one?.version).toBe(2)
  await assertInvariants(db.owner)
  expect(await sweepOnce(dropPartitions, now())).toBeGreaterThan(0)
  const [two] = await db.owner<
    { version: number }[]
  >`select version from snapshot where id = ${world.providerId} and type = 'business.provider'`
  expect(two?.version).toBe(3)
  expect(await count('event_log', `type like 'business.provider%'`)).toBe(0)

  expect(await rebuild('listing')).toBe(1)
  await rename('Now')
  await vi.waitFor(async () => {
    await projectOnce(listing, 1)
    const { providers } = await searchProviders.execute({}, newCall(anonymous))
    expect(providers.map((p) => p.name)).toEqual(['Bo', 'Now'])
  }, 10_000)
  await assertInvariants(db.owner)
})

test('nothing is dropped that a reader has not seen, or that does not fold', async () => {
  const there = () => count('event_log', `type like 'business.service.%'`)
  await age(4)
  await ensureCursor('slow')
  await sweepOnce(dropPartitions, now())
  expect(await there()).toBe(1)
  await db.owner`delete from log_cursor`
  await db.owner`update event_log set version = 3 where aggregate_id = ${world.serviceId}`
  await expect(sweepOnce(dropPartitions, now())).rejects.toThrow(/after version 0 comes 3/)
  expect(await there()).toBe(1)
  await db.owner`update event_log set version = 1 where aggregate_id = ${world.serviceId}`
  expect(await sweepOnce(dropPartitions, now())).toBeGreaterThan(0)
  expect(await there()).toBe(0)
})

test('events without a partition are noticed', async () => {
  expect(await strayEvents(relayDb())).toEqual({ y1: 0, y3: 0, y7: 0 })
  await db.owner`update event_log set recorded_at = recorded_at + interval '30 years' where aggregate_id = ${world.serviceId}`
  expect(await strayEvents(relayDb())).toEqual({ y1: 0, y3: 1, y7: 0 })
  expect(await sweepOnce(findStrays)).toBe(1)
})

test('rows whose time is over go, in bites, and the others stay', async () => {
  await db.owner`insert into idempotency_key (tenant_id, key_hash, body_hash, expires_at)
    select ${world.businessId}, n::text, '', now() + case when n <= 2500 then interval '-1 minute' else interval '1 hour' end
    from generate_series(1, 2503) n`
  expect(await sweepOnce(expiredKeys, now())).toBe(2500)
  expect(await count('idempotency_key')).toBe(3)

  await db.owner`insert into rate_count select 'k' || n, now() - make_interval(hours => n * 20), 1 from generate_series(0, 3) n`
  expect(await sweepOnce(oldCounts, now())).toBe(2)
  expect(await count('rate_count')).toBe(2)

  const old = newId(Date.now() - (handlingKeptDays + 1) * day)
  const recent = newId(Date.now() - (handlingKeptDays - 1) * day)
  for (const id of [old, recent]) {
    await db.owner`insert into handled (handler, event_id, tenant_id, attempt) values ('h', ${id}, ${world.businessId}, 1)`
    await db.owner`insert into handling_failure (handler, event_id, tenant_id, attempt, error) values ('h', ${id}, ${world.businessId}, 1, 'x')`
  }
  expect(await sweepOnce(oldHandlings, now())).toBe(2)
  expect(await count('handled', `event_id = '${recent}'`)).toBe(1)
  expect(await count('handling_failure', `event_id = '${recent}'`)).toBe(1)
})

test('a hold whose timer was lost is ended all the same', async () => {
  const held = await placeHold.execute(
    {
      providerId: world.providerId,
      serviceId: world.serviceId,
      startTime: world.at(2, '15:00'),
      holder: newId(),
    },
    newCall(anonymous),
  )
  expect(await sweepOnce(expiredHolds, now())).toBe(0)
  await db.owner`update hold set expires_at = expires_at - interval '10 minutes'`
  await db.owner`update occupancy set expires_at = expires_at - interval '10 minutes'`
  await db.owner`update event_log set data = data || jsonb_build_object('expiresAt',
      to_char((data->>'expiresAt')::timestamptz at time zone 'UTC' - interval '10 minutes', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    where type = 'scheduling.hold.placed.v1'`
  expect(await sweepOnce(expiredHolds, now())).toBe(1)
  expect(await count('hold', `id = '${held.id}' and status = 'expired'`)).toBe(1)
  expect(await count('occupancy')).toBe(0)
  await assertInvariants(db.owner)
})

test('accounts that were there before anybody listened have their entries linked; nobody gets what is not proven theirs', async () => {
  const [zoe, bea] = [await someoneSignedIn('zoe@quirk.example'), await someoneSignedIn('bea@quirk.example')]
  await pressLink('verify_address', zoe)
  const { businessId } = world
  const entry = async (email: string, at = world) =>
    (await addContact.execute({ businessId: at.businessId, name: 'Some Body', email }, newCall(at.owner)))
      .contactId
  const here = await entry(zoe.email)
  const alias = await entry('alias@quirk.example')
  await mergeContacts.execute({ businessId, contactId: alias, intoId: here }, owner())
  const there = await entry(zoe.email, await testWorld())
  const others = [await entry(bea.email), await entry('nobody@quirk.example')]
  expect(await unlinkedEntries.run(now(), new AbortController().signal)).toBeGreaterThan(0)
  const rows = await db.owner<{ id: string; user_id: string | null }[]>`select id, user_id from contact`
  const accounts = new Map(rows.map((row) => [row.id, row.user_id]))
  expect([here, alias, there].map((id) => accounts.get(id))).toEqual([zoe.userId, zoe.userId, zoe.userId])
  expect(others.map((id) => accounts.get(id))).toEqual([null, null])
  expect(await unlinkedEntries.run(now(), new AbortController().signal)).toBe(0)
  await assertInvariants(db.owner)
})

test('only one process sweeps at a time, and a sweep that fails is tried again', async () => {
  let at = 0
  let most = 0
  let runs = 0
  const slow = {
    name: 'slow',
    everyMs: 20,
    run: async () => {
      at++
      most = Math.max(most, at)
      await new Promise((resolve) => setTimeout(resolve, 10))
      at--
      runs++
      if (runs === 1) throw new Error('this once')
      return 1
    },
  }
  const two = [startSweeps([slow]), startSweeps([slow])]
  await vi.waitFor(() => expect(runs).toBeGreaterThan(3), 10_000)
  await Promise.all(two.map((one) => one.stop()))
  expect(most).toBe(1)
  const before = runs
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(runs).toBe(before)
  await alone('sweep:slow', async () => expect(await sweepOnce(slow)).toBeNull())
  expect(await sweepOnce(slow)).toBe(1)
})

test('every sweep runs on an empty house', async () => {
  for (const sweep of sweeps) expect(await sweepOnce(sweep), sweep.name).toBe(0)
})
