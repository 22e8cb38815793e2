import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { sweepOnce } from '@/jobs/sweeps/sweep'
import { wishesOver } from '@/jobs/sweeps/wishes-over'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { joinWaitlist } from './join'
import { waitingPerContact } from './model'
import { offerWaitlist } from './offer'
import { listWaiting, showEntry } from './queries'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const link = (id: string) =>
  newCall({ kind: 'bearer', id: `waitlist:${id}`, resource: 'waitlist', resourceId: id })
const wait = (w: World, n: number, startTime: string) =>
  joinWaitlist.execute(
    {
      serviceId: w.serviceId,
      wish: { kind: 'time', providerId: w.providerId, startTime },
      client: someone(n),
    },
    newCall(anonymous),
  )
const offerOn = (w: World, day: number) =>
  offerWaitlist.execute(
    { providerId: w.providerId, from: w.at(day, '08:00'), until: w.at(day, '20:00') },
    newCall(systemActor('a-test')),
  )
const shown = (id: string) => showEntry.execute({ id }, link(id))

test('what somebody waited for in vain counts for nothing once it is over, and is swept away', async () => {
  const w = await testWorld()
  const past: string[] = []
  for (let n = 0; n < waitingPerContact; n++) past.push((await wait(w, 1, w.at(3 + n, '10:00'))).id)
  expect(await codeOf(wait(w, 1, w.at(20, '10:00')))).toBe('too_many_waiting')
  expect(await sweepOnce(wishesOver)).toBe(0)
  await db.owner`update waitlist set over_at = now() - interval '1 minute' where tenant_id = ${w.businessId}`

  expect(await offerOn(w, 3)).toEqual({ offered: null })
  const { id } = await wait(w, 1, w.at(20, '10:00'))
  expect((await shown(id)).ahead).toBe(0)
  const { entries } = await listWaiting.execute({ businessId: w.businessId }, newCall(w.owner))
  expect(entries.map((one) => one.id)).toEqual([id])

  expect(await sweepOnce(wishesOver)).toBe(past.length)
  expect((await shown(past[0] as string)).status).toBe('lapsed')
  expect((await shown(id)).status).toBe('waiting')
  expect(await sweepOnce(wishesOver)).toBe(0)
  await assertInvariants(db.owner)
})

test('whoever wants what came free gets it, however many before them want something else', async () => {
  const w = await testWorld()
  for (let n = 0; n < 205; n++) await wait(w, n, w.at(4, '10:00'))
  const { id } = await wait(w, 999, w.at(3, '10:00'))
  expect(await offerOn(w, 3)).toEqual({ offered: id })
  await assertInvariants(db.owner)
}, 60_000)
