import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, person, someone, testWorld, type World } from '@/db/testing-world'
import { searchContacts } from '@/server/business/contact/queries'
import { createProvider } from '@/server/business/provider/create'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { createVenue } from '@/server/location/venue/create'
import { blockTime } from '@/server/scheduling/calendar/block'
import { setDay } from '@/server/scheduling/calendar/set-day'
import { setWeek } from '@/server/scheduling/calendar/set-week'
import { showBoard } from '@/server/scheduling/calendar/show-board'
import { bookAppointment } from './book'
import { bookForClient } from './book-for-client'
import { showAppointment } from './show'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const caller = { name: 'Rui Falcão', phone: '+49 30 1234567' }
type Asked = Parameters<typeof bookForClient.execute>[0]
const forClient = (w: World, startTime: string, over: Partial<Asked> = {}, actor = w.owner) =>
  bookForClient.execute(
    {
      businessId: w.businessId,
      providerId: w.providerId,
      serviceId: w.serviceId,
      startTime,
      ...(over.contactId ? {} : { client: caller }),
      ...over,
    },
    newCall(actor),
  )
const found = async (w: World, q: string) =>
  (await searchContacts.execute({ businessId: w.businessId, q }, newCall(w.owner))).contacts

test('a caller without an address is booked, found again by number, and booked again as the same person', async () => {
  const w = await testWorld()
  expect(await forClient(w, w.at(3, '10:00'))).toMatchObject({
    status: 'confirmed',
    startTime: w.at(3, '10:00'),
  })
  const [known] = await found(w, '30/1234567')
  expect(known).toMatchObject({ name: caller.name, email: null, phone: caller.phone })
  await forClient(w, w.at(3, '12:00'), { contactId: known?.id })
  expect(await found(w, 'falcão')).toHaveLength(1)
  const board = await showBoard.execute(
    { businessId: w.businessId, from: w.at(3, '10:00').slice(0, 10), days: 1 },
    newCall(w.owner),
  )
  expect(board.items.map((i) => i.clientName)).toEqual([caller.name, caller.name])
})

test('what was noted for a caller, or answered by a client, stands with the booking for those who tend it', async () => {
  const [w, other] = [await testWorld(), await testWorld()]
  const noted = await forClient(w, w.at(3, '10:00'), { note: 'Comes with a dog' })
  const { id } = await bookAppointment.execute(
    {
      providerId: w.providerId,
      serviceId: w.serviceId,
      startTime: w.at(3, '14:00'),
      client: someone(),
      answers: { 'What hurts?': 'The knee' },
    },
    newCall(anonymous),
  )
  const shown = async (bookingId: string, by = w) =>
    (await showAppointment.execute({ businessId: by.businessId, id: bookingId }, newCall(by.owner))).answers
  expect(await shown(noted.id)).toEqual({ Note: 'Comes with a dog' })
  expect(await shown(id)).toEqual({ 'What hurts?': 'The knee' })
  await expect(shown(id, other)).rejects.toMatchObject({ kind: 'not_found' })
})

test('somebody known by name and address is not made anew', async () => {
  const w = await testWorld()
  await bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime: w.at(3, '10:00'), client: someone(7) },
    newCall(anonymous),
  )
  await forClient(w, w.at(3, '12:00'), { client: someone(7) })
  expect(await found(w, 'client7@')).toHaveLength(1)
})

test('outside the hours only when it is meant, and never on what somebody has', async () => {
  const w = await testWorld()
  const early = w.at(3, '06:15')
  expect(await codeOf(forClient(w, early))).toBe('outside_hours')
  expect(await codeOf(forClient(w, w.at(3, '10:10')))).toBe('off_grid')
  expect(await codeOf(forClient(w, w.at(400, '10:00')))).toBe('too_far')
  expect(await codeOf(forClient(w, early, { override: true }))).toBe('ok')
  expect(await codeOf(forClient(w, early, { override: true }))).toBe('slot_taken')
  expect(await codeOf(forClient(w, w.at(3, '06:45'), { override: true }))).toBe('slot_taken')
  expect(await codeOf(forClient(w, w.at(-1, '10:00'), { override: true }))).toBe('in_the_past')
  const lunch = { startTime: w.at(4, '12:00'), endTime: w.at(4, '13:00') }
  await blockTime.execute({ businessId: w.businessId, providerId: w.providerId, ...lunch }, newCall(w.owner))
  expect(await codeOf(forClient(w, w.at(4, '12:30'), { override: true }))).toBe('slot_taken')
})

test('beside the grid is where that day’s hours are, outside of them where the provider works otherwise', async () => {
  const w = await testWorld()
  const { businessId, providerId } = w
  const venueOf = async (name: string) =>
    (await createVenue.execute({ businessId, name, timeZone: w.zone }, newCall(w.owner))).venueId
  const [usual, there] = [await venueOf('Usual'), await venueOf('There')]
  const weekly = { '1': [['09:00', '17:00']] as [string, string][] }
  await setWeek.execute({ businessId, providerId, weekly, place: usual }, newCall(w.owner))
  const date = w.at(3, '10:00').slice(0, 10)
  const ranges: [string, string, string][] = [['09:00', '17:00', there]]
  await setDay.execute({ businessId, providerId, date, ranges }, newCall(w.owner))
  expect(await forClient(w, w.at(3, '10:10'), { override: true })).toMatchObject({ place: there })
  expect(await forClient(w, w.at(3, '06:15'), { override: true })).toMatchObject({ place: usual })
  const chosen = { override: true, place: there }
  expect(await forClient(w, w.at(3, '18:15'), chosen)).toMatchObject({ place: there })
  const elsewhere = w.at(3, '14:00')
  expect(await codeOf(forClient(w, elsewhere, { place: usual }))).toBe('other_place')
  expect(await forClient(w, elsewhere, { override: true, place: usual })).toMatchObject({ place: usual })
  expect(await codeOf(forClient(w, w.at(3, '16:00'), { ...chosen, place: newId() }))).toBe('place_not_found')
})

test('who is it for has to be said, once', async () => {
  const w = await testWorld()
  const at = w.at(3, '10:00')
  expect(await codeOf(forClient(w, at, { client: undefined }))).toBe('malformed')
  expect(await codeOf(forClient(w, at, { client: { name: 'Nobody' } }))).toBe('malformed')
  expect(await codeOf(forClient(w, at, { contactId: newId(), client: caller }))).toBe('malformed')
  expect(await codeOf(forClient(w, at, { contactId: newId() }))).toBe('not_found')
})

test('a provider books in their own calendar, not in a colleague’s', async () => {
  const w = await testWorld()
  const userId = newId()
  const actor = person(userId, [{ tenantId: w.businessId, role: 'provider' }])
  const rules = { timeZone: w.zone, weekly: {}, overrides: {} }
  const { providerId } = await createProvider.execute(
    { businessId: w.businessId, name: 'Own', rules, userId, serviceIds: [w.serviceId] },
    newCall(w.owner),
  )
  const at = w.at(3, '10:00')
  expect(await codeOf(forClient(w, at, { override: true }, actor))).toBe('not_found')
  expect(await codeOf(forClient(w, at, { providerId, override: true }, actor))).toBe('ok')
})

test('ten of the staff against fifty clients for one time, on the grid or beside it: one has it', async () => {
  const w = await testWorld()
  const client = (n: number) =>
    bookAppointment.execute(
      { providerId: w.providerId, serviceId: w.serviceId, startTime: w.at(5, '10:00'), client: someone(n) },
      newCall(anonymous),
    )
  const outcomes = await Promise.all([
    ...Array.from({ length: 10 }, (_, n) =>
      codeOf(forClient(w, w.at(5, n % 2 ? '10:00' : '10:20'), { override: true })),
    ),
    ...Array.from({ length: 50 }, (_, n) => codeOf(client(n))),
  ])
  expect(outcomes.filter((o) => o === 'ok')).toHaveLength(1)
  expect(new Set(outcomes)).toEqual(new Set(['ok', 'slot_taken']))
}, 60_000)

test('the last seats of a group, by staff and clients at once: never one too many', async () => {
  const w = await testWorld({ capacity: 4 })
  const at = w.at(5, '10:00')
  const client = (n: number) =>
    bookAppointment.execute(
      { providerId: w.providerId, serviceId: w.serviceId, startTime: at, client: someone(n) },
      newCall(anonymous),
    )
  const outcomes = await Promise.all(
    Array.from({ length: 16 }, (_, n) =>
      codeOf(n % 2 ? client(n) : forClient(w, at, { client: someone(n) })),
    ),
  )
  expect(outcomes.filter((o) => o === 'ok')).toHaveLength(4)
}, 60_000)
