import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { relayDb } from '@/db/client'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { archiveProvider } from '@/server/business/provider/archive'
import { createProvider } from '@/server/business/provider/create'
import { listing } from '@/server/business/provider/projection'
import { getProvider } from '@/server/business/provider/queries'
import { searchProviders } from '@/server/business/provider/search'
import { updateProvider } from '@/server/business/provider/update'
import { archiveService } from '@/server/business/service/archive'
import { createService } from '@/server/business/service/create'
import { updateService } from '@/server/business/service/update'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { createVenue } from '@/server/location/venue/create'
import { projectOnce, rebuild, startProjector } from './projector'
import { cursorOf } from './rebuild'

let db: TestDatabase
let world: World

beforeEach(async () => {
  db = await testDatabase()
  world = await testWorld({ amount: 4500 })
})
afterEach(() => db.drop())

const visitor = () => newCall(anonymous)
const find = (input: Parameters<typeof searchProviders.execute>[0] = {}) =>
  searchProviders.execute(input, visitor())
const names = async (input?: Parameters<typeof find>[0]) => (await find(input)).providers.map((p) => p.name)
const owner = () => newCall(world.owner)
const rows = async (table: string, generation: number) => {
  const [row] = await relayDb().execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.raw(table)} where generation = ${generation}`,
  )
  return row?.n
}
const live = async () => {
  const [row] = await relayDb().execute<{ live: number; building: number | null }>(
    sql`select live, building from projection`,
  )
  return row
}
/** A write transaction anywhere in the cluster hides what came after it, so being level may take a moment. */
const settled = (generation: number) =>
  vi.waitFor(async () => {
    await projectOnce(listing, generation)
    const behind = await db.owner`
      select h.type, h.id from aggregate_head h
      left join projection_state s on s.generation = ${generation} and s.tenant_id = h.tenant_id and s.type = h.type and s.id = h.id
      where h.type = any(${[...listing.of]}) and coalesce(s.version, 0) < h.version`
    expect(behind).toEqual([])
  }, waiting)
const waiting = { timeout: 10_000, interval: 20 }
const rebuilt = async (generation: number) => {
  expect(await rebuild('listing')).toBe(generation)
  await settled(generation)
}
const more = (name: string, profile: object = {}) =>
  createProvider.execute(
    {
      businessId: world.businessId,
      name,
      rules: { timeZone: world.zone, weekly: {}, overrides: {} },
      serviceIds: [world.serviceId],
      ...profile,
    },
    owner(),
  )

test('a provider is found as the interface says, with the next time they can be had', async () => {
  await rebuilt(1)
  const { providers, nextCursor } = await find()
  expect(nextCursor).toBeNull()
  expect(providers).toEqual([
    {
      id: world.providerId,
      name: 'Ada Test',
      businessId: world.businessId,
      businessName: 'Test House',
      businessSlug: expect.stringMatching(/^[a-z0-9-]+$/),
      timeZone: world.zone,
      nextFree: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/),
      places: [],
      services: [
        {
          id: world.serviceId,
          name: 'Session',
          durationMinutes: 60,
          price: { amount: 4500, currency: 'EUR' },
        },
      ],
    },
  ])
  const first = providers[0]?.nextFree as string
  await bookAppointment.execute(
    { providerId: world.providerId, serviceId: world.serviceId, startTime: first, client: someone() },
    visitor(),
  )
  const later = (await find()).providers[0]?.nextFree as string
  expect(Date.parse(later)).toBeGreaterThanOrEqual(Date.parse(first) + 3_600_000)
  const wanted = world.at(5, '13:10')
  expect((await find({ from: wanted })).providers[0]?.nextFree).toBe(world.at(5, '13:30'))
  expect((await getProvider.execute({ id: world.providerId }, visitor())).nextFree).toBe(later)
})

/** Through the ball instead of along it: kilometres, as they are told. */
function far(...ends: [from: [number, number], to: [number, number]]): number {
  const [a, b] = ends.map(([latitude, longitude]) => {
    const [up, round] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]
    return [Math.cos(up) * Math.cos(round), Math.cos(up) * Math.sin(round), Math.sin(up)]
  }) as [number[], number[]]
  const straight = Math.hypot(...a.map((x, n) => x - (b[n] as number)))
  return Math.round(2 * 6371.0088 * Math.asin(straight / 2) * 10) / 10
}

test('they are found by how near they are, the nearest first, a page at a time', async () => {
  await rebuilt(1)
  const rules = { timeZone: world.zone, weekly: {}, overrides: {} }
  const venueAt = async (latitude: number | null, longitude: number | null) =>
    (
      await createVenue.execute(
        { businessId: world.businessId, name: 'A place', timeZone: world.zone, latitude, longitude },
        owner(),
      )
    ).venueId
  const at = async (name: string, latitude: number | null, longitude: number | null) =>
    more(name, { rules: { ...rules, place: await venueAt(latitude, longitude) } })
  await at('Alexanderplatz', 52.5219, 13.4132)
  await at('Brandenburg Gate', 52.5163, 13.3777)
  await at('Potsdam', 52.3989, 13.0657)
  await at('Hamburg', 53.5511, 9.9937)
  await at('Nowhere', null, null)
  await at('Suva', -18.1416, 178.4419)
  await at('Apia', -13.8507, -171.7514)
  const both = [await venueAt(53.5, 10), await venueAt(52.4, 13.07)] as const
  const weekly = { '1': [['09:00', '12:00', both[0]]], '2': [['09:00', '12:00', both[1]]] }
  await more('Zoe of two', { rules: { ...rules, weekly } })
  await settled(1)
  const gate = '52.5163,13.3777'
  const found = async (input: Parameters<typeof find>[0]) =>
    (await find(input)).providers.map((p) => [p.name, p.distanceKm])
  expect(await found({ near: gate })).toEqual([
    ['Brandenburg Gate', 0],
    ['Alexanderplatz', far([52.5163, 13.3777], [52.5219, 13.4132])],
    ['Zoe of two', far([52.5163, 13.3777], [52.4, 13.07])],
    ['Potsdam', far([52.5163, 13.3777], [52.3989, 13.0657])],
  ])
  expect(await found({ near: gate, radiusKm: 10 })).toHaveLength(2)
  expect(await found({ near: gate, radiusKm: 300, q: 'Hamburg' })).toEqual([
    ['Hamburg', far([52.5163, 13.3777], [53.5511, 9.9937])],
  ])
  // Across the line where the day begins, and from the pole.
  expect(await found({ near: '-18,-179', radiusKm: 500 })).toEqual([
    ['Suva', far([-18, -179], [-18.1416, 178.4419])],
  ])
  expect(await found({ near: '90,0', radiusKm: 500 })).toEqual([])
  const pages: (string | undefined)[] = []
  let cursor: string | undefined
  for (let n = 0; n < 3; n++) {
    const page = await find({ near: gate, radiusKm: 300, limit: 2, cursor })
    pages.push(...page.providers.map((p) => p.name))
    cursor = page.nextCursor ?? undefined
  }
  expect(pages).toEqual(['Brandenburg Gate', 'Alexanderplatz', 'Zoe of two', 'Potsdam', 'Hamburg'])
  expect(cursor).toBeUndefined()
  const byName = (await find({ limit: 1 })).nextCursor ?? undefined
  for (const wrong of [
    { near: 'here' },
    { radiusKm: 5 },
    { near: gate, radiusKm: 501 },
    { near: gate, cursor: byName },
  ])
    await expect(find(wrong)).rejects.toMatchObject({ code: 'malformed' })
  expect((await find()).providers.every((p) => !('distanceKm' in p))).toBe(true)
})

test('they are found by where they are: a city, a venue by name or id, or online', async () => {
  await rebuilt(1)
  const { venueId } = await createVenue.execute(
    { businessId: world.businessId, name: 'Mühle 50%', city: 'Köln', timeZone: world.zone },
    owner(),
  )
  const rules = { timeZone: world.zone, weekly: {}, overrides: {} }
  await more('At the mill', { rules: { ...rules, place: venueId } })
  await more('Mostly online', { rules: { ...rules, weekly: { '1': [['09:00', '12:00', 'online']] } } })
  await more('Hidden', { rules: { ...rules, place: venueId }, published: false })
  await settled(1)
  for (const place of ['koln', 'KÖL', 'Mühle', 'muhle 50%', venueId])
    expect(await names({ place })).toEqual(['At the mill'])
  expect(await names({ place: 'Online' })).toEqual(['Mostly online'])
  for (const place of ['ln', '%', '_oln', 'Berlin', world.providerId])
    expect(await names({ place })).toEqual([])
  const [found] = (await find({ place: 'köln' })).providers
  expect(found?.places).toEqual([{ id: venueId, name: 'Mühle 50%', city: 'Köln' }])
})

test('what is published follows every change: names, services, business, and who leaves', async () => {
  await rebuilt(1)
  const bea = await more('Béa Straßer', { bio: 'Reads palms.' })
  await more('Hidden', { published: false })
  await settled(1)
  expect(await names()).toEqual(['Ada Test', 'Béa Straßer'])
  expect(await names({ q: 'bea strasser' })).toEqual(['Béa Straßer'])
  expect(await names({ q: 'PALM' })).toEqual(['Béa Straßer'])
  expect(await names({ q: 'test hou' })).toEqual(['Ada Test', 'Béa Straßer'])
  expect(await names({ q: "'); drop" })).toEqual([])
  expect(await names({ q: '&|!' })).toEqual([])
  expect(await names({ service: 'sess' })).toEqual(['Ada Test', 'Béa Straßer'])
  expect(await names({ service: 'palms' })).toEqual([])
  expect(await names({ service: world.serviceId })).toEqual(['Ada Test', 'Béa Straßer'])

  await updateService.execute(
    { businessId: world.businessId, serviceId: world.serviceId, changes: { name: 'Reading' } },
    owner(),
  )
  await updateProvider.execute(
    { businessId: world.businessId, providerId: bea.providerId, changes: { name: 'Aaron' } },
    owner(),
  )
  await settled(1)
  expect(await names({ service: 'reading' })).toEqual(['Aaron', 'Ada Test'])

  await archiveProvider.execute({ businessId: world.businessId, providerId: bea.providerId }, owner())
  await archiveService.execute({ businessId: world.businessId, serviceId: world.serviceId }, owner())
  await settled(1)
  expect((await find()).providers).toMatchObject([{ name: 'Ada Test', services: [], nextFree: null }])
})

test('pages follow each other by key, and a cursor that somebody changed is refused', async () => {
  for (const name of ['Zoe', 'äther', 'Bo', 'bo', 'Cy']) await more(name)
  await rebuilt(1)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await find({ limit: 2, cursor })
    seen.push(...page.providers.map((p) => p.name))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toHaveLength(6)
  expect(new Set(seen).size).toBe(6)
  expect(seen.filter((n) => n.toLowerCase() !== 'bo')).toEqual(['Ada Test', 'äther', 'Cy', 'Zoe'])
  for (const forged of ['x', 'bnVsbA', Buffer.from('{"name":1,"id":"x"}').toString('base64url')])
    await expect(find({ cursor: forged })).rejects.toMatchObject({ kind: 'malformed' })
  await expect(find({ from: '2026-02-30' })).rejects.toMatchObject({ kind: 'malformed' })
})

test('a price and a last moment leave out whom they do not fit, and pages go on behind those left out', async () => {
  for (const name of ['Bo', 'Cy', 'Zoe']) await more(name)
  await rebuilt(1)
  const eur = { currency: 'EUR' }
  expect(await names({ maxAmount: 4500, ...eur })).toEqual(['Ada Test', 'Bo', 'Cy', 'Zoe'])
  expect(await names({ maxAmount: 4499, ...eur })).toEqual([])
  expect(await names({ maxAmount: 4500, currency: 'USD' })).toEqual([])
  expect(await names({ maxAmount: 4500, service: world.serviceId, ...eur })).toHaveLength(4)
  await expect(find({ maxAmount: 4500 })).rejects.toMatchObject({ kind: 'malformed' })

  const first = (await find({ q: 'ada' })).providers[0]?.nextFree as string
  const after = new Date(Date.parse(first) + 1).toISOString()
  expect(await names({ until: first })).toEqual([])
  expect(await find({ until: after, limit: 1 })).toMatchObject({ providers: [{ name: 'Ada Test' }] })
  const { nextCursor } = await find({ until: after, limit: 1 })
  expect(await find({ until: after, limit: 1, cursor: nextCursor as string })).toEqual({
    providers: [],
    nextCursor: null,
  })
})

test('a service that is asked for by name is the one whose times are told', async () => {
  const { businessId, owner: by, zone } = world
  const give = async (name: string, noticeMinutes = 0) =>
    (await createService.execute({ businessId, name, durationMinutes: 60, noticeMinutes }, newCall(by)))
      .serviceId
  const inTenDays = 10 * 24 * 60
  const massages = ['Deep', 'Hot', 'Slow', 'Long', 'Thai', 'Foot'].map((kind) => `${kind} massage`)
  const serviceIds: string[] = []
  for (const name of massages) serviceIds.push(await give(name, inTenDays))
  serviceIds.push(await give('Short haircut'))
  const everyDay = Object.fromEntries(
    ['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [['08:00', '20:00'] as [string, string]]]),
  )
  const rules = { timeZone: zone, weekly: everyDay, overrides: {} }
  await createProvider.execute({ businessId, name: 'Zed', serviceIds, rules }, newCall(by))
  await rebuilt(1)
  const [massage, haircut] = [serviceIds[0], serviceIds.at(-1)]
  const next = async (service = '') => (await find({ service })).providers.map((p) => p.nextFree)
  expect(await next('deep mass')).toEqual(await next(massage))
  expect(await next('haircut')).toEqual(await next(haircut))
  const [zed] = (await find({ q: 'zed' })).providers
  expect([zed?.nextFree]).toEqual(await next(haircut))
  const soon = { until: world.at(3, '00:00').slice(0, 10) }
  expect(await names({ service: 'massage', ...soon })).toEqual([])
  expect(await names({ service: 'haircut', ...soon })).toEqual(['Zed'])
  expect(await names({ service: 'deep haircut' })).toEqual([])
  expect(await names({ service: 'deep haircut', limit: 1 })).toEqual([])
  expect(await names({ service: 'deep' })).toEqual(['Zed'])
})

test('a rebuild grows beside the live one while writers go on, and leaves nothing of the old', async () => {
  const loops = startProjector()
  let writing = true
  try {
    await expect.poll(live, waiting).toEqual({ live: 1, building: null })
    const writers = [1, 2].map(async (writer) => {
      for (let n = 0; writing; n++) await more(`W${writer} ${n}`)
    })
    const count = async () => (await find({ limit: 100 })).providers.length
    let most = 0
    const watching = (async () => {
      while (writing) {
        const now = await count()
        expect(now).toBeGreaterThanOrEqual(most)
        most = now
      }
    })()
    for (const generation of [2, 3]) {
      const before = most
      await expect.poll(() => most, waiting).toBeGreaterThan(Math.min(before + 3, 99))
      expect(await rebuild('listing')).toBe(generation)
    }
    writing = false
    await Promise.all([...writers, watching])
    const [{ n } = { n: 0 }] = await db.owner<
      { n: number }[]
    >`select count(*)::int as n from provider where published`
    await expect.poll(() => rows('listing', 3), waiting).toBe(n)
    for (const old of [1, 2]) {
      expect(await rows('listing', old)).toBe(0)
      expect(await rows('projection_state', old)).toBe(0)
    }
    expect(await live()).toEqual({ live: 3, building: null })
    const cursors = await relayDb().execute(sql`select name from log_cursor`)
    expect(cursors.map((c) => c.name)).toEqual([cursorOf('listing', 3)])
  } finally {
    writing = false
    await Promise.all(loops.map((loop) => loop.stop()))
  }
})

test('rebuilding gives the same rows, and what a dead process left is cleared away', async () => {
  await more('Bo')
  await rebuilt(1)
  const before = await listing.actual(relayDb(), 1)
  await relayDb().execute(sql`insert into projection_state (projection, generation, tenant_id, type, id, version)
    values ('listing', 7, ${world.businessId}, 'business.provider', ${world.providerId}, 1)`)
  await relayDb().execute(sql`insert into listing (generation, ${sql.raw('tenant_id, provider_id, business_name, business_slug, name, bio, time_zone, services, sort_name, words')})
    select 7, ${sql.raw('tenant_id, provider_id, business_name, business_slug, name, bio, time_zone, services, sort_name, words')} from listing`)
  await relayDb().execute(sql`update projection set building = 7`)
  await rebuilt(8)
  const after = await listing.actual(relayDb(), 8)
  const byId = (a: Record<string, unknown>, b: Record<string, unknown>) =>
    String(a.providerId).localeCompare(String(b.providerId))
  expect(after.sort(byId)).toEqual(before.sort(byId))
  expect(await rows('listing', 7)).toBe(0)
  expect(await rows('projection_state', 7)).toBe(0)
})

test('a hole in an aggregate stops the projection rather than going unnoticed', async () => {
  await rebuilt(1)
  const changes = { name: 'Two' }
  await updateProvider.execute(
    { businessId: world.businessId, providerId: world.providerId, changes },
    owner(),
  )
  await updateProvider.execute(
    { businessId: world.businessId, providerId: world.providerId, changes: { name: 'Three' } },
    owner(),
  )
  await db.owner`delete from event_log where aggregate_id = ${world.providerId} and aggregate_type = 'business.provider' and version = 2`
  const said = async () => projectOnce(listing, 1).then(String, String)
  await expect.poll(said, waiting).toMatch(/version 1; the log goes on with 3/)
  expect(await names()).toEqual(['Ada Test'])
})

test('two at once: one rebuilds, the other is told', async () => {
  const made = await Promise.all([rebuild('listing'), rebuild('listing'), rebuild('listing')])
  expect(made.filter((generation) => generation !== null).length).toBeGreaterThanOrEqual(1)
  expect((await live())?.live).toBe(Math.max(...made.map((generation) => generation ?? 0)))
})
