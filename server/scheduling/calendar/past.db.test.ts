import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appDb, type Tx } from '@/db/client'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { testWorld, type World } from '@/db/testing-world'
import { enter, newCall } from '@/server/core/command'
import { DAY } from '@/server/core/time'
import { calendarFacts, calendarTime } from './queries'

const providers = 80
const past = 1000

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await testDatabase()
  world = await testWorld()
  // An hour each day, far back and some weeks ahead, here and with many others.
  await db.owner`
    insert into occupancy (tenant_id, id, provider_id, kind, ref_id, starts_at, ends_at, busy_from, busy_to)
    select tenant, uuidv7(), provider, 'appointment', uuidv7(), at, at + interval '1 hour', at, at + interval '1 hour'
    from (select ${world.businessId}::uuid, ${world.providerId}::uuid
          union all select uuidv7(), uuidv7() from generate_series(2, ${providers}::int)) as p(tenant, provider),
         generate_series(-50, ${past}::int) n, lateral (select now() - make_interval(days => n)) as x(at)
    order by n, tenant`
  await db.owner`vacuum (analyze) occupancy`
})
afterAll(() => db.drop())

/** How much of taken time somebody's question reads: entries of its indexes, and rows where it goes through all of them. */
async function readBy(ask: (tx: Tx) => Promise<unknown>): Promise<number> {
  const soFar = async () => {
    const [row] = await db.owner<{ read: string }[]>`
      select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'occupancy')
           + (select seq_tup_read from pg_stat_user_tables where relname = 'occupancy') as read`
    return Number(row?.read)
  }
  const before = await soFar()
  await appDb().transaction(async (tx) => {
    await enter(tx, world.businessId, newCall(world.owner))
    await ask(tx)
    await tx.execute(sql`select pg_stat_force_next_flush()`)
  })
  await db.owner`select pg_stat_clear_snapshot()`
  return (await soFar()) - before
}

const month = { from: Date.now(), to: Date.now() + 31 * DAY }

const before = (tx: Tx) =>
  tx.execute(
    sql`select count(busy_to) from occupancy where busy_to < now() and provider_id = ${world.providerId}`,
  )

test.each([
  ['as visitors ask', (tx: Tx) => calendarFacts(tx, world.providerId, world.serviceId, month)],
  ['as staff ask', (tx: Tx) => calendarTime(tx, world.providerId, month)],
])('the times of a month are found without reading what was taken before, %s', async (_, ask) => {
  expect(await readBy(before)).toBe(past)
  const read = await readBy(ask)
  expect(read).toBeGreaterThanOrEqual(30)
  expect(read).toBeLessThan(past / 10)
})
