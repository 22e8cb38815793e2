import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld } from '@/db/testing-world'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { createCallerFactory } from '@/server/procedure'
import { waitlistRouter } from './router'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const join = createCallerFactory(waitlistRouter)({
  call: newCall(anonymous, { network: '203.0.113.7' }),
}).join

test('whoever joins with somebody’s address learns neither that they wait there already nor their link', async () => {
  const w = await testWorld()
  const wish = { kind: 'time', providerId: w.providerId, startTime: w.at(3, '10:00') } as const
  const first = await join({ serviceId: w.serviceId, wish, client: someone(1) })
  const again = await join({ serviceId: w.serviceId, wish, client: { ...someone(1), name: 'Mallory' } })
  expect(again).toEqual(first)
  const [entry] = await db.owner<{ id: string; n: number }[]>`
    select id, count(*) over ()::int as n from waitlist where tenant_id = ${w.businessId}`
  expect(entry?.n).toBe(1)
  expect(JSON.stringify(first)).not.toContain(entry?.id)
  await assertInvariants(db.owner)
})

test('one network puts twenty onto lists in an hour, whatever addresses it says', async () => {
  const w = await testWorld()
  const from = (network: string) =>
    createCallerFactory(waitlistRouter)({ call: newCall(anonymous, { network }) })
  const wishes = Array.from({ length: 21 }, (_, n) => ({
    serviceId: w.serviceId,
    wish: { kind: 'time', providerId: w.providerId, startTime: w.at(3 + n, '10:00') } as const,
    client: someone(100 + n),
  }))
  const last = wishes.pop() as (typeof wishes)[number]
  for (const one of wishes) await from('198.51.100.9').join(one)
  await expect(from('198.51.100.9').join(last)).rejects.toMatchObject({ cause: { code: 'rate_limited' } })
  await from('198.51.100.10').join(last)
  await assertInvariants(db.owner)
})
