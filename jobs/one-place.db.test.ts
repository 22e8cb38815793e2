import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { mailTo } from '@/db/testing-mail'
import { testWorld } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { showBooking } from '@/server/booking/appointment/queries'
import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { setFeed } from '@/server/business/provider/set-feed'
import { setRoom } from '@/server/business/provider/set-room'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { createVenue } from '@/server/location/venue/create'
import { providerFeed } from '@/server/notification/feed/queries'
import { setDay } from '@/server/scheduling/calendar/set-day'
import { showAvailability } from '@/server/scheduling/calendar/show-availability'
import { type Running, startHandling } from './run'
import { subscriptions } from './subscriptions'

vi.setConfig({ testTimeout: 60_000 })

let db: TestDatabase
let running: Running
beforeAll(async () => {
  db = await testDatabase()
  running = await startHandling(subscriptions)
})
afterAll(async () => {
  await running.stop()
  await db.drop()
})

/** Where a calendar program says each booking is. */
const locations = (file: string) =>
  new Map(
    new ICAL.Component(ICAL.parse(file) as unknown[]).getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component)
      return [event.uid, [event.location, component.getFirstPropertyValue('url')]]
    }),
  )

test('the place shown is the place booked, told on the page and by mail, and in the calendar file and the feed; moved, it is told anew', async () => {
  const w = await testWorld()
  const call = newCall(w.owner)
  const own = { businessId: w.businessId, providerId: w.providerId }
  const { venueId } = await createVenue.execute(
    {
      businessId: w.businessId,
      name: 'Mill; Street, “1”',
      lines: ['Invented Street 1', 'Yard'],
      postalCode: '10115',
      city: 'Berlin',
      timeZone: w.zone,
      access: 'Door code 4711',
    },
    call,
  )
  const room = 'https://meet.example.org/mill,1;2?a=b'
  await setRoom.execute({ ...own, link: room }, call)
  const { feedId } = await setFeed.execute({ ...own, open: true }, call)
  const date = w.at(3, '12:00').slice(0, 10)
  await setDay.execute(
    {
      ...own,
      date,
      ranges: [
        ['08:00', '10:00', venueId],
        ['10:00', '12:00', 'online'],
        ['12:00', '13:00'],
      ],
    },
    call,
  )
  const { providerId, serviceId } = w
  const { body } = await showAvailability({ providerId, serviceId, startDate: date, days: '1' })
  const answer = JSON.parse(new TextDecoder().decode(body))
  expect(answer.places).toMatchObject([{ id: venueId, name: 'Mill; Street, “1”', city: 'Berlin' }])
  const places = new Map(
    answer.days[0].slots.map((slot: { startTime: string; place?: string }) => [slot.startTime, slot.place]),
  )

  const house = 'Test House'
  const line = 'Mill; Street, “1”, Invented Street 1, Yard, 10115 Berlin'
  const expected = [
    {
      clock: '08:00',
      place: venueId,
      location: line,
      url: null,
      mail: /Invented Street 1, Yard, 10115 Berlin[\s\S]*4711/,
    },
    {
      clock: '10:00',
      place: 'online',
      location: room,
      url: room,
      mail: /Where: Online[\s\S]*meet\.example\.org/,
    },
    { clock: '12:00', place: undefined, location: house, url: null, mail: /^(?![\s\S]*Where:)/ },
  ]
  const bearer = resourceToken('provider_feed', feedId ?? '')
  const feed = async () =>
    locations(
      (
        await providerFeed.execute(
          { providerId: w.providerId, feedId: feedId ?? '' },
          newCall(anonymous, { bearer }),
        )
      ).file,
    )
  const escaped = (url: string | null) => url?.replaceAll(',', '%2C').replaceAll(';', '%3B')
  for (const { clock, place, location, url, mail } of expected) {
    const startTime = w.at(3, clock)
    expect(places.get(startTime)).toBe(place)
    const client = { name: 'Ort Probe', email: `at-${clock.slice(0, 2)}@example.com` }
    const time = { providerId: w.providerId, serviceId: w.serviceId, startTime }
    const booked = await bookAppointment.execute({ ...time, client }, newCall(anonymous))
    expect(booked.place).toBe(place ?? null)
    const page = await showBooking.execute({ id: booked.id }, call)
    expect(page.told?.kind === 'venue' ? page.told.line : (page.told?.link ?? house)).toBe(location)
    const letter = await mailTo(db.owner, client.email)
    expect(letter.text).toMatch(mail)
    const [[said, link] = []] = locations(letter.calendar?.file ?? '').values()
    expect([said, url && link]).toEqual([location, escaped(url) ?? null])
    expect((await feed()).get(`${booked.id}@slotwise`)?.[0]).toBe(location)
  }

  const [row] = await db.owner`select id from appointment where place = 'online'`
  await rescheduleAppointment.execute({ id: row?.id, startTime: w.at(3, '09:00'), place: venueId }, call)
  await vi.waitFor(
    async () => {
      const letter = await mailTo(db.owner, 'at-10@example.com')
      expect(letter.text).toContain('It is somewhere else now: Mill; Street, “1”.')
      expect(letter.text).not.toContain('meet.example.org')
      expect([...locations(letter.calendar?.file ?? '').values()][0]?.[0]).toBe(line)
    },
    { timeout: 30_000, interval: 200 },
  )
  expect((await feed()).get(`${row?.id}@slotwise`)?.[0]).toBe(line)
  await assertInvariants(db.owner)
})
