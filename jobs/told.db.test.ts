import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { relayDb } from '@/db/client'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { approveAppointment } from '@/server/booking/appointment/approve'
import { bookAppointment } from '@/server/booking/appointment/book'
import { bookSeveral } from '@/server/booking/appointment/book-several'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { declineAppointment } from '@/server/booking/appointment/decline'
import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { undoChange } from '@/server/booking/appointment/undo-change'
import { updateProvider } from '@/server/business/provider/update'
import { createService } from '@/server/business/service/create'
import { setBookingRules } from '@/server/business/service/set-booking-rules'
import { type Actor, anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import type { StoredEvent } from '@/server/core/events'
import { open, readAggregate } from '@/server/core/log'
import { inTenant } from '@/server/core/query'
import { letterFor, requestOf } from '@/server/notification/message/queries'
import type { Block } from '@/server/notification/template/model'
import { calendarFile } from '@/server/notification/template/model-calendar'
import { sheetOf } from '@/server/notification/template/model-sheet'
import { bookingCalendar } from '@/server/notification/template/queries'
import type { Reaction } from './define'
import { mailClient } from './handlers/mail-client'
import { remindTheDayBefore } from './handlers/remind-client'
import { tellStaff } from './handlers/tell-staff'
import { subscriptions } from './subscriptions'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(async () => {
  await assertInvariants(db.owner)
  await db.drop()
})

async function house(requiresApproval: boolean, decideWithinHours = 24): Promise<World> {
  const w = await testWorld()
  const { businessId, serviceId, owner } = w
  const rules = { businessId, serviceId, requiresApproval, decideWithinHours }
  await setBookingRules.execute(rules, newCall(owner))
  return w
}
const item = (w: World, startTime: string) => ({
  providerId: w.providerId,
  serviceId: w.serviceId,
  startTime,
})
const book = async (w: World, day = 5) =>
  (await bookAppointment.execute({ ...item(w, w.at(day, '10:00')), client: someone() }, newCall(anonymous)))
    .id
const link = (id: string): Actor => ({
  kind: 'bearer',
  id: `appointment:${id}`,
  resource: 'appointment',
  resourceId: id,
})
/** Each of the bookings' people does the next thing. */
const did = (w: World, id: string) => ({
  approve: () => approveAppointment.execute({ id }, newCall(w.owner)),
  decline: () => declineAppointment.execute({ id }, newCall(w.owner)),
  undo: () => undoChange.execute({ id }, newCall(w.owner)),
  cancel: (by: Actor = w.owner) => cancelAppointment.execute({ id }, newCall(by)),
  move: (day: number, by: Actor = w.owner) =>
    rescheduleAppointment.execute({ id, startTime: w.at(day, '10:00') }, newCall(by)),
})

async function eventsOf(w: World, id: string): Promise<StoredEvent[]> {
  const rows = await readAggregate(relayDb(), w.businessId, 'booking.appointment', id)
  const events = await Promise.all(rows.map((row) => open(relayDb(), row)))
  return events.filter((event) => event !== null)
}

type Part = { from?: number; until?: number }

/** What a handler does with these events of a booking once nobody can take back what was said until then. */
async function woken(w: World, { run, name }: Reaction, id: string, { from = 1, until = 100 }: Part = {}) {
  await db.owner`update event_log set recorded_at = recorded_at - interval '11 seconds'
    where aggregate_id = ${id} and version <= ${until}`
  const waits = (type: string) => subscriptions.some((s) => s.type === type && s.handler.name === name)
  for (const event of await eventsOf(w, id))
    if (waits(event.type) && event.version >= from && event.version <= until)
      await run(event, newCall(systemActor(name), { causationId: event.id }))
}

/** The mails about a booking in their order, with the calendar file as another program reads it. */
async function mails(w: World, id: string) {
  const rows = await db.owner<{ id: string }[]>`
    select id from message where about_id = ${id} and channel = 'email' order by id`
  return inTenant(w.businessId, async (tx) => {
    const all = []
    for (const row of rows) {
      const asked = await requestOf(tx, w.businessId, row.id)
      const found = asked && (await letterFor(tx, asked))
      if (!found) throw new Error('a mail to nobody')
      const sheet = sheetOf(found.letter)
      const file = found.invitation && calendarFile(found.invitation)
      all.push({ kind: asked.data.template, sheet, ...(file ? read(file) : { method: null, entries: [] }) })
    }
    return all
  })
}
const kinds = async (w: World, id: string) => (await mails(w, id)).map(({ kind }) => kind)

function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[])
  const entries = calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      id: event.uid.replace('@slotwise', ''),
      sequence: event.sequence,
      start: event.startDate.toJSDate().toISOString().replace('.000Z', 'Z'),
      status: component.getFirstPropertyValue('status'),
    }
  })
  return { method: calendar.getFirstPropertyValue('method'), entries }
}

test('nobody hears that a booking is confirmed or moved after they heard that it is not', async () => {
  const w = await house(true)
  const approved = await book(w, 4)
  await did(w, approved).approve()
  await did(w, approved).cancel(link(approved))
  await woken(w, mailClient, approved)
  expect(await kinds(w, approved)).toEqual(['appointment_requested', 'appointment_cancelled'])

  const moved = await book(w, 5)
  await did(w, moved).approve()
  await did(w, moved).move(6)
  await did(w, moved).cancel(systemActor('the-class-is-gone'))
  await woken(w, mailClient, moved)
  expect(await kinds(w, moved)).toEqual(['appointment_requested', 'appointment_cancelled'])
})

test('what may still be taken back keeps nothing from being told', async () => {
  const w = await house(true)
  const id = await book(w)
  await did(w, id).approve()
  await did(w, id).cancel()
  await woken(w, mailClient, id, { until: 3 })
  expect(await kinds(w, id)).toEqual(['appointment_requested', 'appointment_confirmed'])
  await did(w, id).undo()
  await woken(w, mailClient, id, { from: 4 })
  expect(await kinds(w, id)).toEqual(['appointment_requested', 'appointment_confirmed'])
})

test('one reminder, however often a booking was moved, asked for and agreed to', async () => {
  const w = await house(false)
  const reminders = async (id: string) => {
    await woken(w, remindTheDayBefore.handler, id)
    return kinds(w, id)
  }
  const back = await book(w)
  await did(w, back).move(6, link(back))
  await did(w, back).move(5, link(back))
  expect(await reminders(back)).toEqual(['appointment_reminder'])
  const undone = await book(w, 6)
  await did(w, undone).move(7)
  await did(w, undone).undo()
  expect(await reminders(undone)).toEqual(['appointment_reminder'])

  const asking = await house(true)
  const again = async (id: string) => {
    await woken(asking, remindTheDayBefore.handler, id)
    return kinds(asking, id)
  }
  const moved = await book(asking)
  await did(asking, moved).approve()
  await did(asking, moved).move(6, link(moved))
  expect(await again(moved)).toEqual([])
  await did(asking, moved).approve()
  expect(await again(moved)).toEqual(['appointment_reminder'])
  const twice = await book(asking, 7)
  await did(asking, twice).approve()
  await did(asking, twice).undo()
  await did(asking, twice).approve()
  expect(await again(twice)).toEqual(['appointment_reminder'])
})

test('a request is told as one, whoever moves it; a calendar keeps nothing that is not decided', async () => {
  const w = await house(true)
  const id = await book(w)
  const told = (from: number) => woken(w, mailClient, id, { from })
  await told(1)
  await did(w, id).move(8)
  await told(3)
  await did(w, id).approve()
  await told(4)
  await did(w, id).move(9, link(id))
  await told(5)
  const { file } = await bookingCalendar.execute({ id }, newCall(link(id)))
  expect(read(file).entries).toMatchObject([{ id, status: 'TENTATIVE', start: w.at(9, '10:00') }])
  await did(w, id).approve()
  await told(7)
  const all = await mails(w, id)
  expect(all.map(({ kind, method }) => [kind, method])).toEqual([
    ['appointment_requested', null],
    ['appointment_requested', null],
    ['appointment_confirmed', 'REQUEST'],
    ['appointment_requested', 'CANCEL'],
    ['appointment_confirmed', 'REQUEST'],
  ])
  expect(all.flatMap(({ entries }) => entries)).toEqual([
    { id, sequence: 4, start: w.at(8, '10:00'), status: 'CONFIRMED' },
    { id, sequence: 6, start: w.at(8, '10:00'), status: 'CANCELLED' },
    { id, sequence: 7, start: w.at(9, '10:00'), status: 'CONFIRMED' },
  ])
  const headings = all.map(({ sheet }) => sheet.heading)
  expect(headings.slice(0, 2)).toEqual(['We have your request', 'Your request has another time'])
  expect(headings[3]).toBe(headings[1])
})

test('a request that was moved and put back is told of once', async () => {
  const w = await house(true, 96)
  const id = await book(w)
  await did(w, id).move(2)
  await did(w, id).undo()
  await woken(w, mailClient, id)
  expect(await kinds(w, id)).toEqual(['appointment_requested'])
})

const several = async (items: ReturnType<typeof item>[]) =>
  (await bookSeveral.execute({ items, client: someone() }, newCall(anonymous))).bookings.map(({ id }) => id)
const days = (w: World) => [4, 5, 6].map((day) => item(w, w.at(day, '10:00')))
const lines = (sheet: { blocks: Block[] }) =>
  sheet.blocks.flatMap((block) => (block.kind === 'facts' ? (block.facts[0]?.lines ?? []) : []))

test('of dates asked for together each is told by itself once it is decided', async () => {
  const w = await house(true)
  const [a = '', b = '', c = ''] = await several(days(w))
  for (const id of [a, b, c]) await woken(w, mailClient, id)
  expect([await kinds(w, a), await kinds(w, b), await kinds(w, c)]).toEqual([
    ['appointment_requested'],
    [],
    [],
  ])
  await did(w, b).decline()
  await woken(w, mailClient, b, { from: 3 })
  await did(w, a).approve()
  await woken(w, mailClient, a, { from: 3 })
  const [asked, approved] = await mails(w, a)
  expect(approved).toMatchObject({ kind: 'appointment_confirmed', method: 'REQUEST' })
  expect(approved?.entries).toEqual([{ id: a, sequence: 3, start: w.at(4, '10:00'), status: 'CONFIRMED' }])
  const one = lines(approved?.sheet ?? expect.fail()).length
  // By now only one of the others still waits.
  expect(lines(asked?.sheet ?? expect.fail())).toHaveLength(2 * one)
})

test('booked together, told together: as it was then, without what was called off since', async () => {
  const w = await house(false)
  const [a = '', b = '', c = ''] = await several(days(w))
  await did(w, b).cancel()
  await did(w, c).move(3)
  for (const id of [a, b, c]) await woken(w, mailClient, id)
  const [first] = await mails(w, a)
  expect(first?.entries).toEqual([
    { id: a, sequence: 2, start: w.at(4, '10:00'), status: 'CONFIRMED' },
    { id: c, sequence: 2, start: w.at(6, '10:00'), status: 'CONFIRMED' },
  ])
  expect((await mails(w, c)).flatMap(({ entries }) => entries)).toEqual([
    { id: c, sequence: 3, start: w.at(3, '10:00'), status: 'CONFIRMED' },
  ])
  expect(await kinds(w, b)).toEqual(['appointment_cancelled'])
})

test('what is confirmed at once and what needs a yes are told apart', async () => {
  const w = await house(true)
  const call = newCall(w.owner)
  const { serviceId } = await createService.execute(
    { businessId: w.businessId, name: 'Other', durationMinutes: 60, stepMinutes: 30 },
    call,
  )
  const changes = { serviceIds: [w.serviceId, serviceId] }
  await updateProvider.execute({ businessId: w.businessId, providerId: w.providerId, changes }, call)
  const [one, ...others] = days(w)
  const [asked = '', a = '', b = ''] = await several([
    one ?? expect.fail(),
    ...others.map((other) => ({ ...other, serviceId })),
  ])
  for (const id of [asked, a, b]) await woken(w, mailClient, id)
  expect(await mails(w, asked)).toMatchObject([{ kind: 'appointment_requested', method: null }])
  expect(await mails(w, a)).toMatchObject([
    { kind: 'appointment_confirmed', entries: [{ id: a }, { id: b }] },
  ])
  expect(await kinds(w, b)).toEqual([])
})

test('colleagues hear of what somebody did once it stands, and of what clients do at once', async () => {
  const w = await house(false)
  const notices = async (id: string) => {
    await woken(w, tellStaff, id)
    const rows = await db.owner<{ kind: string }[]>`
      select kind from message where about_id = ${id} and channel = 'inbox' order by id`
    return rows.map(({ kind }) => kind.split('.')[2])
  }
  const id = await book(w)
  await did(w, id).cancel()
  await did(w, id).undo()
  await did(w, id).move(7)
  await did(w, id).cancel(link(id))
  const delays = (await eventsOf(w, id)).flatMap((event) =>
    subscriptions
      .filter((s) => s.type === event.type && s.handler === tellStaff)
      .map((s) => Date.parse(s.at?.(event) ?? event.time) - Date.parse(event.time)),
  )
  expect(delays).toEqual([0, 10_000, 10_000, 0])
  expect(await notices(id)).toEqual(['confirmed', 'cancelled'])
})
