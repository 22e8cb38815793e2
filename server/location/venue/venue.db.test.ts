import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appDb } from '@/db/client'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, someone, testWorld, type World } from '@/db/testing-world'
import { approveAppointment } from '@/server/booking/appointment/approve'
import { bookAppointment } from '@/server/booking/appointment/book'
import { bookHeld } from '@/server/booking/appointment/book-held'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { getBooking, showBooking } from '@/server/booking/appointment/queries'
import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { undoChange } from '@/server/booking/appointment/undo-change'
import { setFeed } from '@/server/business/provider/set-feed'
import { setRoom } from '@/server/business/provider/set-room'
import { setBookingRules } from '@/server/business/service/set-booking-rules'
import { updateService } from '@/server/business/service/update'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { inTenant } from '@/server/core/query'
import { providerFeed } from '@/server/notification/feed/queries'
import { appointmentFacts, bookingCalendar } from '@/server/notification/template/queries'
import { eraseSubject } from '@/server/platform/subject/erase'
import { findTimes } from '@/server/scheduling/calendar/find-times'
import { setDay } from '@/server/scheduling/calendar/set-day'
import { setHours } from '@/server/scheduling/calendar/set-hours'
import { setWeek } from '@/server/scheduling/calendar/set-week'
import { showAvailability } from '@/server/scheduling/calendar/show-availability'
import { placeHold } from '@/server/scheduling/hold/place'
import { createSeries } from '@/server/scheduling/series/create'
import { createSlot } from '@/server/scheduling/slot/create'
import { updateSlot } from '@/server/scheduling/slot/update'
import { archiveVenue } from './archive'
import { createVenue } from './create'
import { destinationsOf, listVenues, placesOf, showVenue } from './queries'
import { updateVenue } from './update'

let db: TestDatabase
let world: World
let mitte: string
let harbour: string

const own = () => newCall(world.owner)
const visitor = () => newCall(anonymous)
const bearer = (id: string): Actor => ({
  kind: 'bearer',
  id: `appointment:${id}`,
  resource: 'appointment',
  resourceId: id,
})
const venueOf = async (of: World, name: string, more: Record<string, unknown> = {}) => {
  const details = { name, timeZone: of.zone, ...more }
  const made = await createVenue.execute({ businessId: of.businessId, ...details }, newCall(of.owner))
  return made.venueId
}
const day = () => world.at(3, '12:00').slice(0, 10)
const hours = (...ranges: [string, string, string?][]) =>
  setDay.execute({ businessId: world.businessId, providerId: world.providerId, date: day(), ranges }, own())
const wanted = (clock: string) => ({
  providerId: world.providerId,
  serviceId: world.serviceId,
  startTime: world.at(3, clock),
  client: someone(clock.replace(':', '')),
})
const book = (clock: string) => bookAppointment.execute(wanted(clock), visitor())
const given = (way: 'either' | 'on_site' | 'online') =>
  updateService.execute(
    { businessId: world.businessId, serviceId: world.serviceId, changes: { given: way } },
    own(),
  )
const rowOf = async (id: string) => {
  const [row] = await db.owner<{ place: string | null; link: string | null; zone: string }[]>`
    select place, meeting_link as link, time_zone as zone from appointment where id = ${id}`
  return row
}
const eventsOf = (id: string) => db.owner<{ type: string; data: Record<string, unknown> }[]>`
  select type, data from event_log where aggregate_id = ${id} order by pos`

beforeAll(async () => {
  db = await testDatabase()
})
beforeEach(async () => {
  world = await testWorld()
  mitte = await venueOf(world, 'Praxis Mitte', {
    lines: ['Invented Street 1'],
    postalCode: '10115',
    city: 'Berlin',
    access: 'Door code 4711',
    note: 'Rent is due in May',
  })
  harbour = await venueOf(world, 'Harbour Rooms', { city: 'London', timeZone: 'Europe/London' })
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

describe('a booking', () => {
  it('is at the place of its time, by that place’s clock, and goes to another one and back', async () => {
    await hours(['09:00', '12:00', mitte], ['12:00', '16:00', harbour])
    const booked = await book('09:00')
    expect(booked).toMatchObject({ place: mitte, timeZone: 'Europe/Berlin', meetingLink: null })
    const moved = { id: booked.id, startTime: world.at(3, '14:00') }
    const answer = await rescheduleAppointment.execute(moved, newCall(bearer(booked.id)))
    expect(answer).toMatchObject({ place: harbour, timeZone: 'Europe/London', isElsewhere: true })
    const told = (await eventsOf(booked.id)).at(-1)
    expect(told?.data).toMatchObject({ place: harbour, previousPlace: mitte, timeZone: 'Europe/London' })
    const back = { id: booked.id, startTime: world.at(3, '10:00') }
    await rescheduleAppointment.execute(back, own())
    await undoChange.execute({ id: booked.id }, own())
    expect(await rowOf(booked.id)).toMatchObject({ place: harbour, zone: 'Europe/London' })
  })

  it('never spans two places', async () => {
    await hours(['09:00', '10:30', mitte], ['10:30', '12:00', harbour])
    expect(await codeOf(book('10:00'))).toBe('other_place')
    expect((await book('10:30')).place).toBe(harbour)
  })

  it('online has the provider’s room, or one of its own, and keeps what it was told', async () => {
    await hours(['09:00', '17:00', 'online'])
    const { businessId, providerId } = world
    expect((await book('09:00')).meetingLink).toBeNull()
    const link = 'https://meet.example.org/ada'
    await setRoom.execute({ businessId, providerId, link }, own())
    const booked = await book('10:00')
    expect(booked).toMatchObject({ place: 'online', meetingLink: link })
    await setRoom.execute({ businessId, providerId, link: 'https://meet.example.org/new' }, own())
    const later = { id: booked.id, startTime: world.at(3, '11:00') }
    expect(await rescheduleAppointment.execute(later, own())).toMatchObject({ meetingLink: link })
    for (const event of [...(await eventsOf(booked.id)), ...(await eventsOf(providerId))])
      expect(JSON.stringify(event.data)).not.toContain('meet.example.org')
    const [row] = await db.owner`select contact_id from appointment where id = ${booked.id}`
    await eraseSubject.execute({ businessId, contactId: row?.contact_id }, own())
    expect((await rowOf(booked.id))?.link).toBeNull()
  })

  it('online has a room of its own where the installation opens them, and none that anybody guesses', async () => {
    await hours(['09:00', '17:00', 'online'])
    process.env.MEETING_BASE_URL = 'https://rooms.example.org/base/'
    globalThis.__slotwise_config = undefined
    try {
      const links = [await book('09:00'), await book('10:00')].map(({ meetingLink }) => meetingLink)
      expect(new Set(links).size).toBe(2)
      for (const link of links) expect(link).toMatch(/^https:\/\/rooms\.example\.org\/base\/[\w-]{43}$/)
    } finally {
      delete process.env.MEETING_BASE_URL
      globalThis.__slotwise_config = undefined
    }
  })

  it('tells how to join and how to get in from the yes until it is called off, and keeps both', async () => {
    const { businessId, providerId, serviceId } = world
    await hours(['09:00', '12:00', mitte], ['12:00', '16:00', 'online'])
    await setRoom.execute({ businessId, providerId, link: 'https://meet.example.org/ada' }, own())
    await setBookingRules.execute({ businessId, serviceId, requiresApproval: true }, own())
    const { feedId } = await setFeed.execute({ businessId, providerId, open: true }, own())
    const [there, joined] = [await book('09:00'), await book('12:00')]
    const all = [there, joined]
    const said = async (way: string, found: Promise<unknown>) =>
      [way, (JSON.stringify(await found).match(/meet\.example\.org|4711/g) ?? []).length] as const
    const told = async () => {
      const asked = all.flatMap(({ id }) => [
        said('get', getBooking.execute({ id }, newCall(bearer(id)))),
        said('show', showBooking.execute({ id }, newCall(bearer(id)))),
        said('file', bookingCalendar.execute({ id }, newCall(bearer(id)))),
        said(
          'mail',
          inTenant(businessId, (tx) => appointmentFacts(tx, businessId, id)),
        ),
      ])
      const token = resourceToken('provider_feed', feedId ?? '')
      const call = newCall(anonymous, { bearer: token })
      const feed = said('feed', providerFeed.execute({ providerId, feedId: feedId ?? '' }, call))
      const found = await Promise.all([...asked, feed])
      return new Set(found.filter(([, times]) => times > 0).map(([way]) => way))
    }
    expect(joined).toMatchObject({ status: 'pending', place: 'online', meetingLink: null })
    expect(await told()).toEqual(new Set())
    for (const { id } of all) await approveAppointment.execute({ id }, own())
    expect(await told()).toEqual(new Set(['get', 'show', 'file', 'mail', 'feed']))
    expect(await cancelAppointment.execute({ id: joined.id }, newCall(bearer(joined.id)))).toMatchObject({
      meetingLink: null,
    })
    await cancelAppointment.execute({ id: there.id }, own())
    expect(await told()).toEqual(new Set())
    expect((await rowOf(joined.id))?.link).toBe('https://meet.example.org/ada')
  })

  it.each([
    'http://meet.example.org',
    'https://u:p@meet.example.org',
    'javascript:alert(1)',
    'https://',
    'meet',
  ])('has no room at %s', async (link) => {
    const { businessId, providerId } = world
    expect(await codeOf(setRoom.execute({ businessId, providerId, link }, own()))).toBe('malformed')
  })

  it('of a time that is held is where it was held, whatever the hours say by then', async () => {
    await hours(['09:00', '17:00', mitte])
    const { client, ...time } = wanted('13:00')
    const held = await placeHold.execute({ ...time, holder: 'a-holder-of-this-test' }, visitor())
    await hours(['09:00', '17:00', harbour])
    const call = newCall({ kind: 'bearer', id: 'h', resource: 'hold', resourceId: held.id })
    expect(await bookHeld.execute({ holdId: held.id, client }, call)).toMatchObject({ place: mitte })
  })
})

describe('a service', () => {
  it('is shown and booked where it is given, and nowhere else', async () => {
    await hours(['09:00', '12:00', mitte], ['12:00', '14:00', 'online'], ['14:00', '17:00'])
    const { providerId, serviceId, zone: timeZone } = world
    const shown = async () => {
      const about = { providerIds: [providerId], serviceId, startDate: day(), days: 1, timeZone }
      const [found] = await findTimes(about)
      return found?.times.map((time) => [time.startTime, time.place])
    }
    await given('online')
    const online = ['12:00', '12:30', '13:00', '13:30', '14:00', '14:30', '15:00', '15:30', '16:00']
    expect(await shown()).toEqual(online.map((clock) => [world.at(3, clock), 'online']))
    expect(await codeOf(book('09:00'))).toBe('other_place')
    expect((await book('14:00')).place).toBe('online')
    await given('on_site')
    expect(await codeOf(book('12:00'))).toBe('other_place')
    expect((await book('09:00')).place).toBe(mitte)
    expect((await book('15:00')).place).toBeNull()
    const { businessId } = world
    const open: [string, string][] = [['09:00', '17:00']]
    await setWeek.execute({ businessId, providerId, weekly: { '1': open }, place: harbour }, own())
    expect((await shown())?.at(-1)).toEqual([world.at(3, '16:00'), harbour])
  })
})

describe('a class', () => {
  it('is at its place, and whoever booked goes along to another', async () => {
    const { businessId, providerId, serviceId } = world
    const where = { businessId, providerId, serviceId }
    const at = { startTime: world.at(3, '21:00'), endTime: world.at(3, '22:00'), maxBookings: 5 }
    const { slotId } = await createSlot.execute({ ...where, ...at, place: mitte }, own())
    const booked = await book('21:00')
    expect(booked.place).toBe(mitte)
    await updateSlot.execute({ businessId, slotId, place: harbour }, own())
    expect(await rowOf(booked.id)).toMatchObject({ place: harbour, zone: 'Europe/London' })
    expect((await eventsOf(booked.id)).at(-1)).toMatchObject({
      type: 'booking.appointment.rescheduled.v1',
      data: { startTime: at.startTime, previousStartTime: at.startTime, previousPlace: mitte },
    })
    await given('online')
    expect(await codeOf(updateSlot.execute({ businessId, slotId, place: mitte }, own()))).toBe('other_place')
    const weekly = { rrule: 'FREQ=WEEKLY', startDate: day(), time: '22:00' }
    const series = createSeries.execute({ ...where, ...weekly, place: mitte }, own())
    expect(await codeOf(series)).toBe('other_place')
    await createSeries.execute({ ...where, ...weekly }, own())
    const written = await db.owner`select distinct place from slot where series_id is not null`
    expect(written.map(({ place }) => place)).toEqual(['online'])
  })
})

describe('a venue', () => {
  it('that only a class names is told by its new name to whoever knew the old one', async () => {
    const { businessId, providerId, serviceId } = world
    const at = { startTime: world.at(3, '21:00'), endTime: world.at(3, '22:00'), maxBookings: 5 }
    await createSlot.execute({ businessId, providerId, serviceId, ...at, place: mitte }, own())
    const shown = async () => {
      const { body, etag } = await showAvailability({ providerId, serviceId, startDate: day(), days: '1' })
      return { etag, places: JSON.parse(new TextDecoder().decode(body)).places }
    }
    const before = await shown()
    const details = { name: 'Praxis Neu', timeZone: world.zone, city: 'Berlin' }
    await updateVenue.execute({ businessId, venueId: mitte, ...details }, own())
    const after = await shown()
    expect([before, after].map(({ places }) => places[0].name)).toEqual(['Praxis Mitte', 'Praxis Neu'])
    expect(after.etag).not.toBe(before.etag)
  })

  it('is found by name, city and postal code; how to get in and the note are sealed in the log', async () => {
    const { businessId } = world
    const names = async (q: string) => {
      const { venues } = await listVenues.execute({ businessId, q }, own())
      return venues.map(({ name }) => name)
    }
    expect(await names('')).toEqual(['Harbour Rooms', 'Praxis Mitte'])
    expect(await names('BERLIN')).toEqual(['Praxis Mitte'])
    expect(await names('1011')).toEqual(['Praxis Mitte'])
    expect(await names('%')).toEqual([])
    const said = JSON.stringify(await eventsOf(mitte))
    expect(said).not.toMatch(/4711|Rent/)
    expect(said).toContain('Invented Street 1')
    const details = { name: 'Praxis Mitte', timeZone: world.zone, city: 'Berlin' }
    await updateVenue.execute({ businessId, venueId: mitte, ...details }, own())
    expect(await showVenue.execute({ businessId, venueId: mitte }, own())).toMatchObject({
      lines: [],
      access: null,
      note: null,
    })
  })

  it('stays while hours or classes ahead name it; then it goes, and bookings keep it', async () => {
    const { businessId, providerId } = world
    await hours(['09:00', '12:00', mitte])
    const booked = await book('09:00')
    const gone = () => archiveVenue.execute({ businessId, venueId: mitte }, own())
    await expect(gone()).rejects.toMatchObject({ code: 'place_in_use', data: { providers: ['Ada Test'] } })
    expect((await showVenue.execute({ businessId, venueId: mitte }, own())).uses).toMatchObject([
      { id: providerId, hours: true, classes: 0 },
    ])
    await hours(['09:00', '12:00', harbour])
    await gone()
    expect(await codeOf(gone())).toBe('wrong_state')
    expect(await codeOf(hours(['09:00', '12:00', mitte]))).toBe('place_not_found')
    expect(await rowOf(booked.id)).toMatchObject({ place: mitte })
    const there = await inTenant(businessId, (tx) => destinationsOf(tx, [mitte]))
    expect(there.get(mitte)).toMatchObject({
      name: 'Praxis Mitte',
      lines: ['Invented Street 1', '10115 Berlin'],
    })
  })

  it('that only a day gone by names is archived, and does not come back into hours', async () => {
    const { businessId, providerId } = world
    const ranges: [string, string, string][] = [['09:00', '12:00', mitte]]
    const on = (date: string) => setDay.execute({ businessId, providerId, date, ranges }, own())
    const past = world.at(-3, '12:00').slice(0, 10)
    await on(past)
    await archiveVenue.execute({ businessId, venueId: mitte }, own())
    expect(await codeOf(on(day()))).toBe('place_not_found')
    const rules = { timeZone: world.zone, weekly: {}, overrides: { [past]: ranges } }
    expect(await codeOf(setHours.execute({ businessId, providerId, rules }, own()))).toBe('ok')
  })

  it('of somebody else is not there', async () => {
    const other = await testWorld()
    const { businessId } = world
    const theirs = await venueOf(other, 'Elsewhere')
    expect(await codeOf(hours(['09:00', '12:00', theirs]))).toBe('place_not_found')
    expect(await codeOf(showVenue.execute({ businessId, venueId: theirs }, own()))).toBe('not_found')
    expect(await codeOf(archiveVenue.execute({ businessId, venueId: theirs }, own()))).toBe('not_found')
  })

  it('is archived or named by hours, when both happen at once', async () => {
    for (let n = 0; n < 5; n++) {
      const { businessId } = world
      const venueId = await venueOf(world, `Room ${n}`)
      const [archived, named] = await Promise.all([
        codeOf(archiveVenue.execute({ businessId, venueId }, own())),
        codeOf(hours(['09:00', '12:00', venueId])),
      ])
      expect([
        ['ok', 'place_not_found'],
        ['place_in_use', 'ok'],
      ]).toContainEqual([archived, named])
    }
  })

  it('is known to visitors where a published provider is to be found', async () => {
    const { providerId } = world
    expect((await placesOf(appDb(), [providerId])).get(providerId)).toBeUndefined()
    await hours(['09:00', '12:00', mitte], ['12:00', '14:00', 'online'])
    expect((await placesOf(appDb(), [providerId])).get(providerId)).toEqual([
      { id: mitte, name: 'Praxis Mitte', city: 'Berlin' },
      { id: 'online', name: '', city: '' },
    ])
  })
})
