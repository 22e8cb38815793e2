import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { person, testWorld, type World } from '@/db/testing-world'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { listedProvider, listProviders } from '../provider/list'
import { updateProvider } from '../provider/update'
import { createService } from '../service/create'
import { listServices } from '../service/queries'
import { listOwnBusinesses, showOwnBusiness } from './queries'
import { updateBusiness } from './update'

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await testDatabase()
  world = await testWorld()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const own = () => newCall(world.owner)

test('what a business says of itself changes, and the log says the same', async () => {
  const { businessId } = world
  await updateBusiness.execute({ businessId, changes: { name: 'New name', accent: '#aa3344' } }, own())
  const shown = await showOwnBusiness.execute({ businessId }, own())
  expect(shown).toMatchObject({ name: 'New name', accent: '#aa3344', services: 1, published: 1, open: true })
  const { businesses } = await listOwnBusinesses.execute({}, own())
  expect(businesses).toMatchObject([{ businessId, name: 'New name', roles: ['owner'] }])
  const nobody = await listOwnBusinesses.execute({}, newCall(person()))
  expect(nobody.businesses).toEqual([])
})

test('a provider does exactly the services that were named, and none of another business', async () => {
  const { businessId, providerId, serviceId } = world
  const made = await createService.execute({ businessId, name: 'Second', durationMinutes: 45 }, own())
  const set = (serviceIds: string[]) =>
    updateProvider.execute({ businessId, providerId, changes: { serviceIds } }, own())
  const has = async () =>
    (await listedProvider.execute({ businessId, providerId }, own())).serviceIds.toSorted()
  await set([serviceId, made.serviceId])
  expect(await has()).toEqual([serviceId, made.serviceId].toSorted())
  await set([made.serviceId])
  expect(await has()).toEqual([made.serviceId])
  const foreign = await testWorld()
  await expect(set([foreign.serviceId])).rejects.toMatchObject({ code: 'service_not_found' })
  await expect(set([newId()])).rejects.toMatchObject({ code: 'service_not_found' })
  await expect(set([serviceId, serviceId])).rejects.toMatchObject({ kind: 'malformed' })
  expect(await has()).toEqual([made.serviceId])
})

test('lists are searched, and read a page at a time without losing or repeating any', async () => {
  const { businessId } = world
  const names = ['Échange', 'alpha', 'Beta', 'Beta', '100 %', 'under_score']
  for (const name of names) await createService.execute({ businessId, name, durationMinutes: 30 }, own())
  const all = (await listServices.execute({ businessId }, own())).services.map((s) => s.id)
  const read: string[] = []
  let after: { name: string; id: string } | undefined
  do {
    const page = await listServices.execute({ businessId, limit: 3, after }, own())
    expect(page.services.length).toBeLessThanOrEqual(3)
    read.push(...page.services.map((s) => s.id))
    after = page.after ?? undefined
  } while (after)
  expect(read).toEqual(all)
  const found = async (q: string) =>
    (await listServices.execute({ businessId, q }, own())).services.map((s) => s.name)
  expect(await found('beta')).toEqual(['Beta', 'Beta'])
  expect(await found('%')).toEqual(['100 %'])
  expect(await found('_')).toEqual(['under_score'])
  const { providers, after: more } = await listProviders.execute({ businessId, q: 'ada' }, own())
  expect({ names: providers.map((p) => p.name), more }).toEqual({ names: ['Ada Test'], more: null })
})
