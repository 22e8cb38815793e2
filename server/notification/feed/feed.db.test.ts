import ICAL from 'ical.js'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { pressLink, someoneSignedIn } from '@/db/testing-browser'
import { person, someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { showBooking } from '@/server/booking/appointment/queries'
import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { linkContact } from '@/server/business/contact/link'
import { setFeed } from '@/server/business/provider/set-feed'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { newId } from '@/server/core/id'
import { inTenant } from '@/server/core/query'
import { appointmentFacts, bookingCalendar } from '../template/queries'
import { clientFeed, personFeed, providerFeed, providerFeedUrl, showOwnFeed } from './queries'
import { setOwnFeed } from './set-own'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const own = (w: World) => newCall(w.owner)
const book = (w: World, clock: string, client = someone()) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime: w.at(3, clock), client },
    newCall(anonymous),
  )
const bearing = (bearer: string) => newCall(anonymous, { bearer })
const open = async (w: World) =>
  (await setFeed.execute({ businessId: w.businessId, providerId: w.providerId, open: true }, own(w)))
    .feedId ?? ''
const followed = (w: World, feedId: string, token = resourceToken('provider_feed', feedId)) =>
  providerFeed.execute({ providerId: w.providerId, feedId }, bearing(token))

/** As an independent program reads it. */
const read = ({ file }: { file: string }) =>
  new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toJSDate().toISOString().replace('.000Z', 'Z'),
      summary: event.summary,
      status: component.getFirstPropertyValue('status'),
    }
  })

test('a provider’s feed follows what is booked, moved and cancelled, under one name with a number that grows', async () => {
  const w = await testWorld()
  const first = await book(w, '09:00', { name: 'Zoë; "Zed",\\ 猫', email: 'zoe@example.com' })
  const feedId = await open(w)
  const [booked] = read(await followed(w, feedId))
  expect(booked).toMatchObject({
    uid: `${first.id}@slotwise`,
    start: w.at(3, '09:00'),
    summary: 'Session – Zoë; "Zed",\\ 猫',
    status: 'CONFIRMED',
  })
  expect(await followed(w, feedId)).toEqual(await followed(w, feedId))
  await rescheduleAppointment.execute({ id: first.id, startTime: w.at(3, '15:00') }, own(w))
  await book(w, '11:00')
  const moved = read(await followed(w, feedId)).find((e) => e.uid === booked?.uid)
  expect(moved?.start).toBe(w.at(3, '15:00'))
  expect(moved?.sequence).toBeGreaterThan(booked?.sequence ?? 0)
  await cancelAppointment.execute({ id: first.id }, own(w))
  const cancelled = read(await followed(w, feedId)).find((e) => e.uid === booked?.uid)
  expect(cancelled?.status).toBe('CANCELLED')
  expect(cancelled?.sequence).toBeGreaterThan(moved?.sequence ?? 0)
})

test('only the address that was opened last is followed, by nobody without its secret', async () => {
  const [w, other] = [await testWorld(), await testWorld()]
  const [old, now] = [await open(w), await open(w)]
  const gone = { kind: 'not_found' }
  await expect(followed(w, old)).rejects.toMatchObject(gone)
  await expect(followed(w, now, resourceToken('provider_feed', old))).rejects.toMatchObject(gone)
  await expect(followed(other, now)).rejects.toMatchObject(gone)
  expect(read(await followed(w, now))).toEqual([])
  expect(providerFeedUrl(w.providerId, now)).toContain(`/${now}/`)
  const stranger = newCall(person(newId(), [{ tenantId: w.businessId, role: 'provider' }]))
  const close = { businessId: w.businessId, providerId: w.providerId, open: false }
  await expect(setFeed.execute(close, stranger)).rejects.toMatchObject(gone)
  await setFeed.execute(close, own(w))
  await expect(followed(w, now)).rejects.toMatchObject(gone)
})

test('whoever reads the mails of a person may follow all that they booked there, and nothing of others', async () => {
  const w = await testWorld()
  const mine = await book(w, '09:00')
  const also = await book(w, '11:00')
  const theirs = await book(w, '13:00', someone(2))
  const facts = await inTenant(w.businessId, (tx) => appointmentFacts(tx, w.businessId, mine.id))
  const [, businessId = '', contactId = '', secret = ''] =
    /client\/([^/]+)\/([^/]+)\/([^/]+)\.ics$/.exec(facts?.letter.feedUrl ?? '') ?? []
  const follow = (id: string, bearer: string) =>
    clientFeed.execute({ businessId, contactId: id }, bearing(bearer))
  expect(read(await follow(contactId, secret)).map((e) => e.uid)).toEqual([
    `${mine.id}@slotwise`,
    `${also.id}@slotwise`,
  ])
  await expect(follow(theirs.id, secret)).rejects.toMatchObject({ kind: 'not_found' })
  const token = resourceToken('appointment', mine.id)
  await expect(follow(contactId, token)).rejects.toMatchObject({ kind: 'not_found' })
})

test('whoever books in somebody’s name is shown that booking and nothing else of them', async () => {
  const w = await testWorld()
  const theirs = await book(w, '09:00')
  const made = await book(w, '11:00')
  const holder = bearing(resourceToken('appointment', made.id))
  const [row] = await db.owner<{ contact: string }[]>`
    select contact_id as contact from appointment where id in (${theirs.id}, ${made.id})`
  const contact = row?.contact ?? ''
  const shown = JSON.stringify([
    await showBooking.execute({ id: made.id }, holder),
    await bookingCalendar.execute({ id: made.id }, holder),
  ])
  expect(shown).toContain(made.id)
  for (const [resource, id] of [
    ['appointment', theirs.id],
    ['client_feed', contact],
    ['preference', contact],
  ] as const)
    expect(shown).not.toContain(resourceToken(resource, id))
  expect(shown).not.toContain(theirs.id)
})

test('a feed that is full tells of what is ahead, and then of what was last', async () => {
  const w = await testWorld()
  const { id } = await book(w, '09:00')
  await db.owner`
    insert into appointment select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'status', 'completed',
      'starts_at', now() - n * interval '20 minutes' - interval '1 hour', 'ends_at', now() - n * interval '20 minutes'))).*
    from appointment a, generate_series(1, 2001) n where a.id = ${id}`
  const shown = read(await followed(w, await open(w)))
  await db.owner`delete from appointment where status = 'completed'`
  expect(shown).toHaveLength(2000)
  expect(shown.at(-1)).toMatchObject({ uid: `${id}@slotwise`, start: w.at(3, '09:00') })
  const starts = shown.map((e) => Date.parse(e.start))
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  expect(Date.now() - (starts[0] ?? 0)).toBeLessThan(28 * 86_400_000)
})

test('whoever has an account follows all they booked, wherever, under an address that they can change and close', async () => {
  const [here, there] = [await testWorld(), await testWorld({}, 'America/New_York')]
  const zoe = await someoneSignedIn('zoe@quirk.example')
  await pressLink('verify_address', zoe)
  const client = { name: 'Zoë', email: 'zoe@quirk.example' }
  const mine = [await book(there, '09:00', client), await book(here, '09:00', client)]
  await book(here, '13:00', someone(2))
  const rows = await db.owner<{ tenant_id: string; id: string }[]>`select tenant_id, id from contact`
  for (const row of rows)
    await linkContact.execute(
      { businessId: row.tenant_id, contactId: row.id },
      newCall(systemActor('a-test')),
    )
  const me = newCall(person(zoe.userId))
  expect(await showOwnFeed.execute({}, me)).toEqual({ url: null })
  const opened = async () => {
    await setOwnFeed.execute({ open: true }, me)
    const { url } = await showOwnFeed.execute({}, me)
    const [, feedId = '', secret = ''] = /own\/([^/]+)\/([^/]+)\.ics$/.exec(url ?? '') ?? []
    return () => personFeed.execute({ feedId }, bearing(secret))
  }
  const old = await opened()
  const uids = (entries: { uid: string }[]) => entries.map((e) => e.uid).sort()
  expect(uids(read(await old()))).toEqual(mine.map(({ id }) => `${id}@slotwise`).sort())
  const now = await opened()
  await expect(old()).rejects.toMatchObject({ kind: 'not_found' })
  expect(read(await now())).toHaveLength(2)
  await setOwnFeed.execute({ open: false }, me)
  await expect(now()).rejects.toMatchObject({ kind: 'not_found' })
})
