import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { when } from '@/jobs/define'
import { expireHoldHandler } from '@/jobs/handlers/expire-hold'
import { tellStaff } from '@/jobs/handlers/tell-staff'
import { projectOnce, rebuild } from '@/jobs/projector'
import { startHandling } from '@/jobs/run'
import { bookAppointment } from '@/server/booking/appointment/book'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { appointmentConfirmed } from '@/server/booking/appointment/events'
import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { joinWaitlist } from '@/server/booking/waitlist/join'
import { offerWaitlist } from '@/server/booking/waitlist/offer'
import { listing } from '@/server/business/provider/projection'
import { updateProvider } from '@/server/business/provider/update'
import { updateService } from '@/server/business/service/update'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { holdPlaced } from '@/server/scheduling/hold/events'
import { placeHold } from '@/server/scheduling/hold/place'
import { createSlot } from '@/server/scheduling/slot/create'
import { deleteSlot } from '@/server/scheduling/slot/delete'
import { closePools } from './client'
import { assertInvariants, checkAnswers, findViolations } from './invariants'
import { type TestDatabase, testDatabase } from './testing'
import { someone, testWorld, type World } from './testing-world'

let db: TestDatabase
let world: World

beforeEach(async () => {
  db = await testDatabase()
  world = await testWorld({ bufferAfterMinutes: 15, amount: 3000, lateFeePercent: 50 })
})
afterEach(() => db.drop())

const visitor = () => newCall(anonymous)
const owner = () => newCall(world.owner)
const at = (clock: string, day = 2) => ({
  providerId: world.providerId,
  serviceId: world.serviceId,
  startTime: world.at(day, clock),
})
const book = (clock: string, day = 2, n: number | string = 1) =>
  bookAppointment.execute({ ...at(clock, day), client: someone(n) }, visitor())
const hold = (clock: string) => placeHold.execute({ ...at(clock), holder: newId() }, visitor())
const found = () => findViolations(db.owner)

async function aGroup(seats: number) {
  const wide = await testWorld({ capacity: seats })
  const startTime = wide.at(3, '10:00')
  const service = { providerId: wide.providerId, serviceId: wide.serviceId }
  const { slotId } = await createSlot.execute(
    { businessId: wide.businessId, ...service, startTime },
    newCall(wide.owner),
  )
  const take = (n: number) =>
    bookAppointment.execute({ ...service, startTime, client: someone(n) }, visitor())
  return { slotId, take }
}

test('a day of everything that can be done breaks nothing', async () => {
  const first = await book('09:00')
  await rescheduleAppointment.execute({ id: first.id, startTime: world.at(3, '11:00') }, owner())
  const second = await book('12:00')
  await cancelAppointment.execute({ id: second.id, reason: 'ill' }, owner())
  await book('12:00')
  await hold('15:00')
  const { slotId, take } = await aGroup(2)
  await Promise.all([take(1), take(2)])
  const written = await createSlot.execute({ businessId: world.businessId, ...at('08:00', 4) }, owner())
  await deleteSlot.execute({ businessId: world.businessId, slotId: written.slotId }, owner())
  const changes = { bufferAfterMinutes: 0, name: 'Longer' }
  await updateService.execute({ businessId: world.businessId, serviceId: world.serviceId, changes }, owner())
  await rebuild('listing')
  expect(slotId).toBeTruthy()
  expect(await found()).toEqual([])
  await expect(assertInvariants(db.owner)).resolves.toBeUndefined()
})

test('guard off, the exclusion: an overlap is found, buffers included', async () => {
  const { id } = await book('10:00')
  await db.owner`alter table occupancy drop constraint occupancy_never_overlaps`
  const other = newId()
  await db.owner`insert into occupancy (tenant_id, id, provider_id, kind, ref_id, starts_at, ends_at, busy_from, busy_to)
    select tenant_id, ${other}, provider_id, 'block', ${other}, ends_at + interval '5 minutes', ends_at + interval '1 hour',
           ends_at + interval '5 minutes', ends_at + interval '1 hour' from occupancy where ref_id = ${id}`
  const said = await found()
  expect(said).toContainEqual(
    expect.stringMatching(`provider ${world.providerId} is in two places: block ${other}`),
  )
})

test('guards off, the lock and the exclusion: real bookings at once are really double, and found', async () => {
  await db.owner`alter table occupancy drop constraint occupancy_never_overlaps`
  await db.owner`create function public.pg_advisory_xact_lock(bigint) returns void language sql as 'select'`
  await db.owner.unsafe(`alter database ${db.name} set search_path = public, pg_catalog`)
  await closePools()
  const told = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => book('10:00', 2, n)))
  const booked = told.filter((t) => t.status === 'fulfilled')
  expect(told.filter((t) => t.status === 'rejected' && !isRefusal(t.reason))).toEqual([])
  expect(booked.length).toBeGreaterThan(1)
  const said = await found()
  expect(said).toContainEqual(expect.stringContaining('is in two places: appointment'))
  expect(said).toContainEqual(expect.stringContaining('before what was given before has ended'))
})

test('guard off, the check on seats: an oversold slot is found', async () => {
  const { slotId, take } = await aGroup(1)
  await take(1)
  await db.owner`alter table slot drop constraint slot_never_oversold`
  await db.owner`insert into appointment select tenant_id, ${newId()}, provider_id, service_id, slot_id, contact_id, starts_at,
    ends_at, time_zone, seats, status, terms, created_at from appointment where slot_id = ${slotId}`
  expect(await found()).toContain(`slot ${slotId} is oversold: 2 seats are booked or held, it has 1`)
})

test('a seat whose slot has moved away from its booking is found', async () => {
  const { slotId, take } = await aGroup(3)
  await take(1)
  await db.owner`update appointment set starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'
    where slot_id = ${slotId}`
  expect(await found()).toContainEqual(expect.stringContaining(`its seat is in slot ${slotId}`))
})

test('seats that nobody counted again are found', async () => {
  const { slotId, take } = await aGroup(3)
  await take(1)
  await db.owner`update slot set taken = 2 where id = ${slotId}`
  expect(await found()).toContain(
    `slot ${slotId} (open) says 2 of 3 seats are taken; its bookings and holds take 1`,
  )
})

test('a time that is kept for somebody who does not wait any more is found', async () => {
  const { providerId, serviceId, startTime } = at('10:00')
  const wish = { kind: 'time' as const, providerId, startTime }
  const { id } = await joinWaitlist.execute({ serviceId, wish, client: someone() }, visitor())
  const day = { providerId, from: world.at(2, '09:00'), until: world.at(2, '12:00') }
  await offerWaitlist.execute(day, newCall(systemActor('a-test')))
  expect(await found()).toEqual([])
  await db.owner`update waitlist set status = 'left' where id = ${id}`
  expect(await found()).toContainEqual(expect.stringContaining(`keeps time for waitlist:${id}`))
})

test('time that the calendar does not know, or keeps for nobody, is found', async () => {
  const { id } = await book('10:00')
  const held = await hold('13:00')
  await db.owner`delete from occupancy where ref_id = ${id}`
  await db.owner`update hold set status = 'released' where id = ${held.id}`
  await db.owner`update occupancy set busy_to = ends_at where ref_id = ${held.id}`
  const said = await found()
  expect(said).toContain(
    `appointment ${id} should have its time in the calendar once, and has it 0 times (table occupancy)`,
  )
  expect(said).toContainEqual(expect.stringContaining(`keeps time for hold ${held.id}, which takes none`))
  expect(said).toContainEqual(
    expect.stringContaining(`of hold ${held.id} has other buffers than its service asks for`),
  )
  expect(said).toContainEqual(
    expect.stringMatching(/scheduling\.calendar .*: its events say taken is .*, its row says/),
  )
})

test('terms and fees that make no sense are found', async () => {
  const { id } = await book('10:00')
  await cancelAppointment.execute({ id }, owner())
  await db.owner`update event_log set data = data || '{"feeAmount": 9000}' where type = 'booking.appointment.cancelled.v1'`
  const other = await book('14:00')
  await db.owner`update appointment set terms = terms || '{"amount": -1}' where id = ${other.id}`
  const said = await found()
  expect(said).toContain(`appointment ${id} of 3000 was cancelled for a fee of 9000 and a refund of 0`)
  expect(said).toContainEqual(
    expect.stringContaining(`appointment ${other.id} was booked on terms that make no sense`),
  )
})

test('an event that is gone is found: in the middle, at the end, and altogether', async () => {
  const [middle, end, all] = [await book('09:00'), await book('11:00'), await book('13:00')]
  await cancelAppointment.execute({ id: middle.id }, owner())
  await db.owner`delete from event_log where aggregate_id = ${middle.id} and version = 2`
  await db.owner`delete from event_log where aggregate_id = ${end.id} and version = 2`
  await db.owner`delete from event_log where aggregate_id = ${all.id}`
  const said = await found()
  const of = (id: string) => `booking.appointment ${id} of ${world.businessId}`
  expect(said).toContainEqual(
    expect.stringContaining(`${of(middle.id)} has no event for version 2: the next is`),
  )
  expect(said).toContain(`${of(end.id)} should be at version 2, by its head; its events end with 1`)
  expect(said).toContain(`${of(end.id)}: its events say status is "pending", its row says "confirmed"`)
  expect(said).toContain(`${of(all.id)} has a row, and no event ever made it`)
})

test('a version twice, an id twice and versions out of order are found', async () => {
  const [twice, turned] = [await book('09:00'), await book('11:00')]
  await db.owner`insert into event_log (retention, recorded_at, id, type, tenant_id, aggregate_type, aggregate_id, version,
      correlation_id, actor_id, data)
    select retention, clock_timestamp(), id, type, tenant_id, aggregate_type, aggregate_id, version, correlation_id, actor_id, data
    from event_log where aggregate_id = ${twice.id} and version = 2`
  await db.owner`update event_log set pos = pos + 1000000 where aggregate_id = ${turned.id} and version = 1`
  const said = await found()
  expect(said).toContainEqual(
    expect.stringMatching(`booking.appointment ${twice.id} of .* has version 2 twice`),
  )
  expect(said).toContainEqual(expect.stringMatching(/^event .* is in the log 2 times$/))
  expect(said).toContainEqual(
    expect.stringMatching(`booking.appointment ${turned.id} .*: readers meet version 2 .* before version 1`),
  )
})

test('a row that changed without an event, or came from nowhere, or went, is found', async () => {
  const [changed, gone] = [await book('09:00'), await book('11:00')]
  await db.owner`update appointment set status = 'completed' where id = ${changed.id}`
  await db.owner`delete from appointment where id = ${gone.id}`
  const made = newId()
  await db.owner`insert into contact (tenant_id, id, name, created_at) values (${world.businessId}, ${made}, 'Nobody', now())`
  const said = await found()
  expect(said).toContainEqual(
    expect.stringMatching(
      `appointment ${changed.id} .*: its events say status is "confirmed", its row says "completed"`,
    ),
  )
  expect(said).toContainEqual(
    expect.stringMatching(`appointment ${gone.id} .* has no row, though its events say that it exists`),
  )
  expect(said).toContainEqual(
    expect.stringMatching(`business.contact ${made} .* has a row, and no event ever made it`),
  )
})

test('a private field in the clear is found', async () => {
  await book('09:00')
  await db.owner`update event_log set data = data || '{"email": "client1@example.com"}' where type = 'business.contact.created.v1'`
  expect(await found()).toContainEqual(
    expect.stringMatching(/^business\.contact\.created\.v1 .* says its private field email in the clear$/),
  )
})

test('a policy that is gone, and a table without any, are found', async () => {
  await book('09:00')
  await db.owner`drop policy tenant on contact`
  await db.owner`alter table appointment disable row level security`
  const said = await found()
  expect(said).toContain(`the app in tenant ${world.businessId} sees 0 of its 1 rows in contact`)
  expect(said).toContain('the app without a tenant sees 1 rows of others in appointment')
})

test('an event that no handler took is found, and so is one that the log does not have', async () => {
  const list = [
    when(appointmentConfirmed, tellStaff),
    when(holdPlaced, expireHoldHandler, { at: (e) => e.data.expiresAt }),
  ]
  const running = await startHandling(list)
  try {
    await Promise.all(['09:00', '11:00', '13:00'].map((clock) => book(clock)))
    await hold('15:00')
    expect(await findViolations(db.owner, { drained: list })).toEqual([])
    const [lost] = await db.owner<{ event_id: string }[]>`
      delete from handled where event_id = (select event_id from handled where handler = 'tell-staff' limit 1) returning event_id`
    const [stray] = [newId()]
    await db.owner`insert into handled (handler, event_id, tenant_id, attempt) values ('tell-staff', ${stray}, ${world.businessId}, 1)`
    const said = await findViolations(db.owner, { drained: list, withinMs: 500 })
    expect(said).toHaveLength(2)
    expect(said[0]).toMatch(
      `handler tell-staff has not handled booking.appointment.confirmed.v1 ${lost?.event_id}`,
    )
    expect(said[1]).toBe(`handler tell-staff handled event ${stray}, which the log does not have`)
  } finally {
    await running.stop()
  }
})

test('a projection that is not what a rebuild would make is found', async () => {
  await rebuild('listing')
  await vi.waitFor(async () => {
    await projectOnce(listing, 1)
    expect(await db.owner`select from projection_state`).toHaveLength(3)
  }, 10_000)
  await db.owner`update listing set name = 'Somebody else'`
  const said = await found()
  expect(said).toHaveLength(2)
  expect(said[0]).toMatch(/^projection listing lacks a row that a rebuild would make: .*Ada Test/)
  expect(said[1]).toMatch(/^projection listing has a row that a rebuild would not make: .*Somebody else/)
  await db.owner`update listing set name = 'Ada Test'`
  await updateProvider.execute(
    { businessId: world.businessId, providerId: world.providerId, changes: { bio: 'New' } },
    owner(),
  )
  expect(await found()).toEqual([])
  expect(await findViolations(db.owner, { drained: [], withinMs: 0 })).toEqual([
    `projection listing saw business.provider ${world.providerId} of ${world.businessId} up to version 1, and it is at 2`,
  ])
})

test('what clients were told is held against what is there', async () => {
  const told = await book('09:00', 2, 'told')
  const refused = await book('11:00', 2, 'refused')
  const email = (n: string) => someone(n).email
  expect(
    await checkAnswers(db.owner, [
      { email: email('told'), outcome: 'ok', id: told.id },
      { email: email('unknown'), outcome: 'unknown' },
      { email: email('none'), outcome: 'refused' },
    ]),
  ).toEqual([])
  expect(
    await checkAnswers(db.owner, [
      { email: email('refused'), outcome: 'refused' },
      { email: email('lost'), outcome: 'ok', id: 'x' },
      { email: email('told'), outcome: 'ok', id: refused.id },
    ]),
  ).toEqual([
    `${email('refused')} was refused, and has appointment ${refused.id}`,
    `${email('lost')} was told that appointment x is booked, and it is not there`,
    `${email('told')} was told of appointment ${refused.id}, and has ${told.id}`,
  ])
})
