import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, person, someone, testWorld, type World } from '@/db/testing-world'
import { grantMembership } from '@/server/auth/membership/grant'
import { bookAppointment } from '@/server/booking/appointment/book'
import { bookForClient } from '@/server/booking/appointment/book-for-client'
import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { createProvider } from '@/server/business/provider/create'
import { linkProvider } from '@/server/business/provider/link'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { config } from '@/server/core/config'
import { newId } from '@/server/core/id'
import { blockTime } from '@/server/scheduling/calendar/block'
import { showAvailability } from '@/server/scheduling/calendar/show-availability'
import { previewNewSeries } from '@/server/scheduling/series/preview'
import { readOutside } from '@/server/workflows/read-outside'
import { askRefresh } from './ask-refresh'
import { connectOutside } from './connect'
import { disconnectOutside } from './disconnect'
import { listOutside } from './list'
import { refreshOutside } from './refresh'
import { busyAt, type Elsewhere, elsewhere } from './testing'

let db: TestDatabase
let w: World
let there: Elsewhere
beforeAll(async () => {
  db = await testDatabase()
  process.env.PRIVATE_ADDRESSES = 'on'
  globalThis.__slotwise_config = undefined
})
beforeEach(async () => {
  w = await testWorld()
  there = await elsewhere(busyAt())
})
afterEach(async () => {
  await there.stop()
  await assertInvariants(db.owner)
})
afterAll(async () => {
  delete process.env.PRIVATE_ADDRESSES
  await db.drop()
})

const owner = () => newCall(w.owner)
const system = () => newCall(systemActor('a-test'))
const connect = (url = there.url, label = 'At home') =>
  connectOutside.execute({ businessId: w.businessId, providerId: w.providerId, url, label }, owner())
const read = (outsideId: string) => readOutside({ businessId: w.businessId, outsideId }, system())
const connected = async (url?: string) => {
  const { outsideId } = await connect(url)
  await read(outsideId)
  return outsideId
}
const list = async () => {
  const { calendars, clashes } = await listOutside.execute({ businessId: w.businessId }, owner())
  return { calendar: calendars[0], calendars, clashes }
}
const book = (startTime: string, n = 1) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client: someone(n) },
    newCall(anonymous),
  )
const free = async (startTime: string) => {
  const { body } = await showAvailability({
    providerId: w.providerId,
    startDate: startTime.slice(0, 10),
    days: '1',
  })
  return new TextDecoder().decode(body).includes(`"startTime":"${startTime}"`)
}
const types = async (like: string) => {
  const rows = await db.owner<{ type: string }[]>`
    select type from event_log where tenant_id = ${w.businessId} and type like ${`scheduling.${like}`} order by recorded_at, pos`
  return rows.map((row) => row.type.split('.')[2])
}

test('what another calendar says is busy can neither be seen nor booked, and can again when it is gone', async () => {
  const at = w.at(3, '10:00')
  there.file = busyAt([w.at(3, '10:15'), w.at(3, '10:45')])
  const outsideId = await connected()
  expect(await free(at)).toBe(false)
  expect(await free(w.at(3, '11:00'))).toBe(true)
  expect(await codeOf(book(at))).toBe('slot_taken')
  expect((await list()).calendar).toMatchObject({
    label: 'At home',
    busyTimes: 1,
    busyUntil: w.at(3, '10:45'),
    failure: null,
  })
  there.file = busyAt()
  await read(outsideId)
  expect(await free(at)).toBe(true)
  expect(await codeOf(book(at))).toBe('ok')
  await read(outsideId)
  expect(await types('outside.%')).toEqual(['connected', 'refreshed', 'refreshed'])
  expect(await types('calendar.outside_%')).toEqual(['outside_changed', 'outside_changed'])
})

test('the address is known to nobody who reads the database or the log, and is forgotten with its calendar', async () => {
  const outsideId = await connected(`${there.url}?secret=7f3a9c`)
  const seen = async () => {
    const [row] = await db.owner<{ all: string }[]>`
      select (select string_agg(o::text, '') from outside_calendar o where id = ${outsideId})
        || (select string_agg(data::text, '') from event_log where aggregate_id = ${outsideId}) as all`
    return row?.all ?? ''
  }
  expect(await seen()).toContain('$sealed')
  expect(await seen()).not.toContain('7f3a9c')
  expect((await list()).calendar?.address).toMatch(/^127\.0\.0\.1:\d+\/…7f3a9c$/)
  there.file = busyAt([w.at(3, '10:00'), w.at(3, '11:00')])
  await read(outsideId)
  expect(await free(w.at(3, '10:00'))).toBe(false)
  await disconnectOutside.execute({ businessId: w.businessId, outsideId }, owner())
  expect(await free(w.at(3, '10:00'))).toBe(true)
  const [row] = await db.owner`select address from outside_calendar where id = ${outsideId}`
  expect(row?.address).toBeNull()
  expect((await list()).calendars).toEqual([])
  expect(await read(outsideId)).toBeNull()
})

test('while it cannot be read, what it said last counts, and it is said since when', async () => {
  there.file = busyAt([w.at(3, '10:00'), w.at(3, '11:00')])
  const outsideId = await connected()
  const { currentAt } = (await list()).calendar ?? {}
  there.file = null
  await read(outsideId)
  await read(outsideId)
  expect(await free(w.at(3, '10:00'))).toBe(false)
  const { calendar } = await list()
  expect(calendar).toMatchObject({ failure: 'answered_404', currentAt, busyTimes: 1 })
  expect(Date.parse(calendar?.failingSince ?? '')).toBeGreaterThan(Date.parse(currentAt ?? ''))
  there.file = '<!doctype html>'
  await read(outsideId)
  there.file = busyAt([w.at(3, '10:00'), w.at(3, '11:00')])
  await read(outsideId)
  expect((await list()).calendar).toMatchObject({ failure: null, failingSince: null })
  expect(await types('outside.%')).toEqual(['connected', 'refreshed', 'failed', 'failed', 'recovered'])
  const failed = await db.owner<{ failure: string; first: boolean }[]>`
    select data ->> 'failure' as failure, (data ->> 'first')::boolean as first from event_log
    where type = 'scheduling.outside.failed.v1' and tenant_id = ${w.businessId} order by version`
  expect([...failed]).toEqual([
    { failure: 'answered_404', first: true },
    { failure: 'not_a_calendar', first: false },
  ])
})

test('it is asked more and more seldom while it fails, and as before once it answers', async () => {
  const outsideId = await connected()
  const minutes = async () => {
    const [row] = await db.owner<{ m: number }[]>`
      select round(extract(epoch from due_at - checked_at) / 60)::int as m from outside_calendar where id = ${outsideId}`
    return row?.m
  }
  expect(await minutes()).toBe(10)
  there.status = 500
  const waits: unknown[] = []
  for (let n = 0; n < 6; n++) {
    await read(outsideId)
    waits.push(await minutes())
  }
  expect(waits).toEqual([10, 20, 40, 80, 120, 120])
  there.status = 200
  await read(outsideId)
  expect(await minutes()).toBe(10)
})

test('what did not change is not sent again, unless another zone’s days are asked for', async () => {
  there.etag = '"one"'
  const outsideId = await connected()
  expect(await read(outsideId)).toMatchObject({ failure: null, changed: false })
  expect(there).toMatchObject({ asked: 2, unchanged: 1 })
  await db.owner`update calendar set rules = jsonb_set(rules, '{timeZone}', '"Asia/Tokyo"') where tenant_id = ${w.businessId}`
  await read(outsideId)
  expect(there).toMatchObject({ asked: 3, unchanged: 1 })
  await db.owner`update calendar set rules = jsonb_set(rules, '{timeZone}', '"Europe/Berlin"') where tenant_id = ${w.businessId}`
})

test('what is booked already stays, and is named', async () => {
  const at = w.at(3, '10:00')
  const booked = await book(at)
  there.file = busyAt([w.at(3, '10:30'), w.at(3, '12:00')])
  await connected()
  expect((await list()).clashes).toMatchObject([
    { bookingId: booked.id, startTime: at, clientName: 'Client 1', label: 'At home' },
  ])
  expect(await codeOf(book(w.at(3, '11:00')))).toBe('slot_taken')
})

test('the business’s own people may book it all the same, once they were told', async () => {
  there.file = busyAt([w.at(3, '10:00'), w.at(3, '11:00')])
  await connected()
  const about = { businessId: w.businessId, providerId: w.providerId, serviceId: w.serviceId }
  const forCaller = (startTime: string, override: boolean) =>
    bookForClient.execute(
      { ...about, startTime, client: { name: 'A Caller', phone: '+4930123456' }, override },
      owner(),
    )
  expect(await codeOf(forCaller(w.at(3, '10:00'), false))).toBe('busy_elsewhere')
  expect(await codeOf(forCaller(w.at(3, '10:00'), true))).toBe('ok')
  expect(await codeOf(forCaller(w.at(3, '10:00'), true))).toBe('slot_taken')
})

test('so may they move what is booked, and nobody else', async () => {
  there.file = busyAt([w.at(3, '10:00'), w.at(3, '11:00')])
  await connected()
  const { id } = await book(w.at(3, '12:00'))
  const link = { kind: 'bearer', id: `appointment:${id}`, resource: 'appointment', resourceId: id } as const
  const to = (clock: string, override: boolean, call = owner()) =>
    codeOf(rescheduleAppointment.execute({ id, startTime: w.at(3, clock), override }, call))
  expect(await to('10:00', false, newCall(link))).toBe('slot_taken')
  expect(await to('10:00', true, newCall(link))).toBe('forbidden')
  expect(await to('10:00', false)).toBe('busy_elsewhere')
  expect(await to('10:00', true)).toBe('ok')
  await book(w.at(3, '13:00'), 2)
  expect(await to('13:00', true)).toBe('slot_taken')
  expect([await to('03:00', false), await to('03:00', true)]).toEqual(['outside_hours', 'ok'])
})

test('time that is busy elsewhere may be blocked here too, and a class is told of it', async () => {
  const [from, to] = [w.at(3, '10:00'), w.at(3, '11:00')]
  there.file = busyAt([from, to])
  await connected()
  const wanted = { rrule: 'FREQ=WEEKLY;COUNT=2', startDate: from.slice(0, 10), time: '10:00' }
  const about = { businessId: w.businessId, providerId: w.providerId, serviceId: w.serviceId }
  const seen = await previewNewSeries.execute({ ...about, ...wanted }, owner())
  expect(seen.created[0]?.clashes).toMatchObject([{ kind: 'outside' }])
  const block = { businessId: w.businessId, providerId: w.providerId, startTime: from, endTime: to }
  expect(await codeOf(blockTime.execute(block, owner()))).toBe('ok')
})

test('our own bookings that come back from a calendar which follows ours are not busy twice', async () => {
  const booked = await book(w.at(3, '10:00'))
  const come = busyAt([w.at(3, '10:00'), w.at(3, '11:00')]).replace('0@elsewhere', `${booked.id}@slotwise`)
  there.file = come
  const outsideId = await connected()
  expect(await list()).toMatchObject({ clashes: [], calendar: { busyTimes: 0 } })
  // Another business's count: whoever works at both is busy at the other.
  there.file = come.replace(booked.id, newId())
  await read(outsideId)
  expect(await list()).toMatchObject({ clashes: [{ bookingId: booked.id }], calendar: { busyTimes: 1 } })
})

test('times that pass are no news, and a file that says too much keeps what was said before', async () => {
  there.file = busyAt([w.at(3, '10:00'), w.at(3, '11:00')])
  const outsideId = await connected()
  const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()
  there.file = busyAt([hours(-9), hours(-8)], [w.at(3, '10:00'), w.at(3, '11:00')])
  expect(await read(outsideId)).toMatchObject({ changed: false })
  const flood = Array.from({ length: 6000 }, (_, n): [string, string] => [hours(n), hours(n + 0.5)])
  there.file = busyAt(...flood)
  expect(await read(outsideId)).toMatchObject({ failure: 'too_many' })
  expect((await list()).calendar).toMatchObject({ busyTimes: 1, failure: 'too_many' })
})

test('a rule that never ends ends soon', { timeout: 20_000 }, async () => {
  there.file = busyAt([w.at(3, '10:00'), w.at(3, '11:00')]).replace(
    'END:VEVENT',
    'RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT',
  )
  const { outsideId } = await connect()
  expect(await read(outsideId)).toMatchObject({ failure: 'too_many' })
})

test('forty who book against what another calendar says: a time is booked or busy, whoever came first', async () => {
  const at = w.at(3, '10:00')
  const outsideId = await connected()
  const spans = { from: Date.parse(at), until: Date.parse(w.at(3, '11:00')) }
  const validators = { etag: null, lastModified: null, until: 0, zone: 'UTC' }
  const outcome = (busy: { from: number; until: number }[]) => ({
    kind: 'read' as const,
    busy,
    leftOut: 0,
    validators,
  })
  const refreshed = (busy: { from: number; until: number }[]) =>
    refreshOutside.execute({ businessId: w.businessId, outsideId, outcome: outcome(busy) }, system())
  const race = Array.from({ length: 40 }, (_, n) =>
    n === 20 ? refreshed([spans]).then(() => 'busy') : codeOf(book(at, n)),
  )
  const said = await Promise.all(race)
  const booked = said.filter((code) => code === 'ok').length
  expect(booked).toBeLessThanOrEqual(1)
  expect(new Set(said.filter((code) => !['ok', 'busy'].includes(String(code))))).toEqual(
    new Set(['slot_taken']),
  )
  expect(await free(at)).toBe(false)
  expect((await list()).clashes).toHaveLength(booked)
})

test('an address is refused that is none, known already, one too many, or of a private network', async () => {
  expect(await codeOf(connect('not an address'))).toBe('malformed')
  expect(await codeOf(connect('ftp://example.org/a.ics'))).toBe('malformed')
  expect(await codeOf(connect())).toBe('ok')
  expect(await codeOf(connect(`  ${there.url}#part `))).toBe('already_connected')
  for (let n = 1; n < 10; n++) expect(await codeOf(connect(`${there.url}?n=${n}`))).toBe('ok')
  expect(await codeOf(connect(`${there.url}?n=10`))).toBe('too_many_calendars')
  process.env.PRIVATE_ADDRESSES = 'off'
  globalThis.__slotwise_config = undefined
  expect(config().PRIVATE_ADDRESSES).toBe(false)
  const [first] = (await list()).calendars
  expect(await read(first?.id ?? '')).toMatchObject({ failure: 'address_refused' })
  expect(there.asked).toBe(0)
  process.env.PRIVATE_ADDRESSES = 'on'
  globalThis.__slotwise_config = undefined
})

test('somebody who does not want to wait is told when it was read just now', async () => {
  const outsideId = await connected()
  const ask = () => askRefresh.execute({ businessId: w.businessId, outsideId }, owner())
  expect(await codeOf(ask())).toBe('just_read')
  await db.owner`update outside_calendar set checked_at = checked_at - interval '1 minute' where id = ${outsideId}`
  expect(await codeOf(ask())).toBe('ok')
  expect(await types('outside.%')).toEqual(['connected', 'refresh_asked'])
})

test('businesses take turns: one with many calendars keeps no other waiting', async () => {
  for (let n = 0; n < 5; n++) await connect(`${there.url}?n=${n}`)
  const other = await testWorld()
  const { businessId, providerId } = other
  const late = { businessId, providerId, url: there.url }
  const { outsideId } = await connectOutside.execute(late, newCall(other.owner))
  const due = await db.owner<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from outside_calendars_due(now() + interval '1 hour', 1000)`
  const whose = due.flatMap((row) =>
    [w.businessId, businessId].includes(row.tenant_id) ? [row.tenant_id] : [],
  )
  expect(whose.slice(0, 2).sort()).toEqual([w.businessId, businessId].sort())
  expect(whose.slice(2)).toEqual(Array(4).fill(w.businessId))
  expect(due.some((row) => row.id === outsideId)).toBe(true)
})

test('a provider tends their own calendars; a colleague’s are not there', async () => {
  const outsideId = await connected()
  const me = newId()
  const own = newCall(person(me, [{ tenantId: w.businessId, role: 'provider' }]))
  const { businessId } = w
  await grantMembership.execute({ businessId, userId: me, role: 'provider' }, owner())
  const rules = { timeZone: w.zone, weekly: {}, overrides: {} }
  const { providerId } = await createProvider.execute({ businessId, name: 'Me', rules }, owner())
  await linkProvider.execute({ businessId, providerId, userId: me }, owner())
  const mine = { businessId, providerId, url: there.url }
  expect(await codeOf(connectOutside.execute(mine, own))).toBe('ok')
  expect(await codeOf(connectOutside.execute({ ...mine, providerId: w.providerId }, own))).toBe('not_found')
  expect(await codeOf(disconnectOutside.execute({ businessId, outsideId }, own))).toBe('not_found')
  expect(await codeOf(askRefresh.execute({ businessId, outsideId }, own))).toBe('not_found')
  const { calendars } = await listOutside.execute({ businessId }, own)
  expect(calendars.map((each) => each.providerName)).toEqual(['Me'])
})
