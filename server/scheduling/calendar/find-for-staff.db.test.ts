import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, person, testWorld } from '@/db/testing-world'
import { updateProvider } from '@/server/business/provider/update'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { findForStaff } from './find-for-staff'
import { findTimes } from './find-times'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

test('staff see the whole of a day, also with a provider that visitors do not see yet', async () => {
  const w = await testWorld({ stepMinutes: 10 })
  const { businessId, providerId, serviceId, owner } = w
  const startDate = w.at(3, '12:00').slice(0, 10)
  const asked = { businessId, providerId, serviceId, startDate, days: 1 }
  const find = async (actor = owner) => (await findForStaff.execute(asked, newCall(actor))).days
  const [day] = await find()
  expect(day?.times).toHaveLength(11 * 6 + 1)
  expect([day?.times[0]?.startTime, day?.times.at(-1)?.startTime]).toEqual([
    w.at(3, '08:00'),
    w.at(3, '19:00'),
  ])
  await updateProvider.execute({ businessId, providerId, changes: { published: false } }, newCall(owner))
  const visitors = { providerIds: [providerId], serviceId, startDate, days: 1, timeZone: w.zone }
  expect(await findTimes(visitors)).toEqual([])
  expect(await find()).toEqual([day])
})

test('nobody else’s times: not another business’s, nor a colleague’s for who is only a provider', async () => {
  const [w, other] = [await testWorld(), await testWorld()]
  const ask = (businessId: string, actor = w.owner) =>
    codeOf(
      findForStaff.execute(
        { businessId, providerId: other.providerId, serviceId: other.serviceId, startDate: '2030-01-01' },
        newCall(actor),
      ),
    )
  expect(await ask(w.businessId)).toBe('not_found')
  const grants = [{ tenantId: other.businessId, role: 'provider' as const }]
  expect(await ask(other.businessId, person(newId(), grants))).toBe('not_found')
})
