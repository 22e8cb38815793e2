import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { pressLink, someoneSignedIn } from '@/db/testing-browser'
import { person, someone, testWorld, type World } from '@/db/testing-world'
import { joinWaitlist } from '@/server/booking/waitlist/join'
import { listOwnEntries } from '@/server/booking/waitlist/list-own'
import { linkContact } from '@/server/business/contact/link'
import { setRoom } from '@/server/business/provider/set-room'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { createVenue } from '@/server/location/venue/create'
import { setWeek } from '@/server/scheduling/calendar/set-week'
import { bookAppointment } from './book'
import { cancelAppointment } from './cancel'
import { listOwnAppointments } from './list-own'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const theirs = { name: 'Zoë', email: 'zoe@quirk.example' }
const book = async (w: World, clock: string, client = theirs, day = 3) => {
  const { businessId, providerId, serviceId } = w
  const { id } = await bookAppointment.execute(
    { providerId, serviceId, startTime: w.at(day, clock), client },
    newCall(anonymous),
  )
  const [made] = await db.owner<{ contact_id: string }[]>`select contact_id from appointment where id = ${id}`
  await linkContact.execute({ businessId, contactId: made?.contact_id ?? '' }, newCall(systemActor('a-test')))
  return id
}

test('a person sees what they booked with every business, page by page, and nothing of others', async () => {
  const [here, there] = [await testWorld(), await testWorld({}, 'America/New_York')]
  const zoe = await someoneSignedIn('zoe@quirk.example')
  await pressLink('verify_address', zoe)
  const [first, third] = [await book(here, '09:00'), await book(here, '11:00')]
  // The day after: in the night of one place it is still the day before in the other.
  const second = await book(there, '17:00', theirs, 4)
  await book(here, '12:00', someone())
  await cancelAppointment.execute({ id: first }, newCall(here.owner))
  const ask = (input: object) => listOwnAppointments.execute(input, newCall(person(zoe.userId)))

  const one = await ask({ limit: 1 })
  expect(one.bookings).toMatchObject([
    {
      id: third,
      service: 'Session',
      provider: 'Ada Test',
      business: { name: 'Test House' },
      timeZone: 'Europe/Berlin',
      mayMove: true,
      mayCancel: true,
    },
  ])
  const two = await ask({ limit: 1, from: one.from ?? undefined })
  expect(two.bookings).toMatchObject([{ id: second, timeZone: 'America/New_York' }])
  expect(two.from).toBeNull()
  expect((await ask({ which: 'past' })).bookings).toMatchObject([
    { id: first, status: 'cancelled', mayMove: false, mayCancel: false },
  ])
  expect(await listOwnAppointments.execute({}, newCall(person()))).toEqual({ bookings: [], from: null })
  await expect(listOwnAppointments.execute({}, newCall(anonymous))).rejects.toMatchObject({
    kind: 'unauthenticated',
  })
})

test('each says where it is, and how to join', async () => {
  const w = await testWorld()
  const { businessId, providerId } = w
  const staff = newCall(w.owner)
  const { venueId } = await createVenue.execute({ businessId, name: 'Mill', timeZone: w.zone }, staff)
  const ranges: [string, string, string][] = [
    ['09:00', '12:00', venueId],
    ['12:00', '17:00', 'online'],
  ]
  const weekly = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, ranges]))
  await setWeek.execute({ businessId, providerId, weekly }, staff)
  const link = 'https://meet.example.org/ada'
  await setRoom.execute({ businessId, providerId, link }, staff)
  const ola = await someoneSignedIn('ola@quirk.example')
  await pressLink('verify_address', ola)
  for (const clock of ['10:00', '13:00']) await book(w, clock, { name: 'Ola', email: 'ola@quirk.example' })
  const { bookings } = await listOwnAppointments.execute({}, newCall(person(ola.userId)))
  expect(bookings).toMatchObject([
    { venue: 'Mill', place: venueId, meetingLink: null },
    { venue: null, place: 'online', meetingLink: link },
  ])
})

test('what somebody waits for is theirs to see too', async () => {
  const w = await testWorld()
  const { businessId, providerId, serviceId } = w
  const bea = await someoneSignedIn('bea@quirk.example')
  await pressLink('verify_address', bea)
  await book(w, '09:00', someone())
  const wait = (client: { name: string; email: string }) =>
    joinWaitlist.execute(
      { serviceId, wish: { kind: 'time', providerId, startTime: w.at(3, '09:00') }, client },
      newCall(anonymous),
    )
  const { id } = await wait({ name: 'Bea', email: 'bea@quirk.example' })
  await wait(someone(2))
  const [row] = await db.owner<{ contact_id: string }[]>`select contact_id from waitlist where id = ${id}`
  await linkContact.execute({ businessId, contactId: row?.contact_id ?? '' }, newCall(systemActor('a-test')))
  const { entries } = await listOwnEntries.execute({}, newCall(person(bea.userId)))
  expect(entries).toMatchObject([
    { id, status: 'waiting', service: 'Session', business: { name: 'Test House' } },
  ])
  expect((await listOwnEntries.execute({}, newCall(person()))).entries).toEqual([])
})
