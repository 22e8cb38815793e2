import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appDb, relayDb } from '@/db/client'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { person, testWorld, type World } from '@/db/testing-world'
import { projections, rebuild, startProjector } from '@/jobs/projector'
import { startHandling } from '@/jobs/run'
import { subscriptions } from '@/jobs/subscriptions'
import { bookAppointment } from '@/server/booking/appointment/book'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { getBooking } from '@/server/booking/appointment/queries'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { stateAt } from '@/server/core/fold'
import { type LogRow, open, readAggregate } from '@/server/core/log'
import { forget } from './capabilities'
import { eraseSubject } from './erase'

let db: TestDatabase
let world: World

beforeEach(async () => {
  db = await testDatabase()
  world = await testWorld()
})
afterEach(() => db.drop())

const client = { name: 'Zebulon "Zeb" Quirk', email: 'zeb@quirk.example', phone: '+49 555 0199' }
/** Everything about this person that was ever said to us. */
const said = ['Zebulon', 'Quirk', 'zeb@quirk.example', '555 0199', 'walnuts', 'divorce hearing']

/** Every column of every table, as its bytes read, with the names of those where something was found. */
async function whereSaid(words: readonly string[]): Promise<string[]> {
  const tables = await db.owner<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'auth', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition order by 1`
  expect(tables.length).toBeGreaterThan(25)
  const found: string[] = []
  for (const { name } of tables)
    for (const word of words) {
      const rows = await db.owner.unsafe(
        `select 1 from ${name} t where strpos(lower(t::text), lower($1)) > 0 limit 1`,
        [word],
      )
      if (rows.length > 0) found.push(`${name}: ${word}`)
    }
  return found
}

const owner = () => newCall(world.owner)
const book = (clock: string, over: object = {}, key?: string) =>
  bookAppointment.execute(
    {
      providerId: world.providerId,
      serviceId: world.serviceId,
      startTime: world.at(2, clock),
      client,
      answers: { allergies: 'walnuts' },
      ...over,
    },
    newCall(anonymous, { idempotencyKey: key }),
  )
async function contactOf(bookingId: string): Promise<string> {
  const [row] = await db.owner<
    { id: string }[]
  >`select contact_id as id from appointment where id = ${bookingId}`
  return row?.id as string
}
const events = async (type: string, id: string): Promise<LogRow[]> =>
  readAggregate(relayDb(), world.businessId, type, id)

test('of a person who is erased nothing is left to read, and everything that follows from the log stays', async () => {
  const running = await startHandling(subscriptions, startProjector())
  try {
    const first = await book('09:00', {}, 'a-key-for-the-first')
    const second = await book('11:00')
    const other = await book(
      '14:00',
      { client: { name: 'Somebody Else', email: 'else@example.com' } },
      'a-key-for-the-other',
    )
    await cancelAppointment.execute({ id: first.id, reason: 'my divorce hearing' }, owner())
    await assertInvariants(db.owner, { drained: subscriptions })
    expect(await whereSaid(said)).toEqual([
      'public.contact: Zebulon',
      'public.contact: Quirk',
      'public.contact: zeb@quirk.example',
      'public.contact: 555 0199',
    ])

    const contactId = await contactOf(first.id)
    expect(await contactOf(second.id)).toBe(contactId)
    const before = await events('business.contact', contactId)
    expect((await open(relayDb(), before[0] as LogRow))?.data).toMatchObject(client)
    await db.owner`update idempotency_key set answer = answer || jsonb_build_object('name', ${client.name}::text)
      where answer->>'id' = ${first.id}`

    expect(await eraseSubject.execute({ businessId: world.businessId, contactId }, owner())).toEqual({
      contactId,
      erased: true,
    })
    expect(await eraseSubject.execute({ businessId: world.businessId, contactId }, owner())).toEqual({
      contactId,
      erased: true,
    })

    expect(await whereSaid(said)).toEqual([])
    expect(await whereSaid(['else@example.com'])).toEqual(['public.contact: else@example.com'])
    expect(await whereSaid([first.id])).not.toContain(`public.idempotency_key: ${first.id}`)
    expect(await whereSaid([other.id])).toContain(`public.idempotency_key: ${other.id}`)
    const [key] =
      await db.owner`select wrapped, shredded_at is not null as shredded from subject_key where subject_id = ${contactId}`
    expect(key).toEqual({ wrapped: null, shredded: true })

    const after = await events('business.contact', contactId)
    expect(after.map((e) => e.type)).toEqual(['business.contact.created.v1', 'business.contact.erased.v1'])
    expect((await open(relayDb(), after[0] as LogRow))?.data).toMatchObject({
      name: null,
      email: null,
      phone: null,
    })
    const [created] = await events('booking.appointment', first.id)
    expect((await open(relayDb(), created as LogRow))?.data).toMatchObject({
      answers: null,
      clientId: contactId,
    })
    expect((await getBooking.execute({ id: first.id }, owner())).history).toHaveLength(3)
    await appDb().transaction(async (tx) => {
      await tx.execute(sql`select set_config('app.tenant', ${world.businessId}, true)`)
      const at = async (time: string | Date) =>
        (await stateAt(tx, world.businessId, 'business.contact', contactId, time)).state
      expect(await at(before[0]?.recorded_at as string)).toMatchObject({ userId: null, erased: false })
      expect(await at(new Date())).toMatchObject({ userId: null, erased: true })
    })
    for (const { name } of projections) expect(await rebuild(name)).toBeGreaterThan(1)
    await assertInvariants(db.owner, { drained: subscriptions })
  } finally {
    await running.stop()
  }
}, 90_000)

test('life goes on: what is booked can be cancelled with words, which are not kept, and the person may come again', async () => {
  const { id } = await book('09:00')
  const contactId = await contactOf(id)
  await eraseSubject.execute({ businessId: world.businessId, contactId }, owner())
  await cancelAppointment.execute({ id, reason: 'my divorce hearing' }, owner())
  const cancelled = (await events('booking.appointment', id)).at(-1) as LogRow
  expect(cancelled.type).toBe('booking.appointment.cancelled.v1')
  expect(cancelled.data.reason).toBeNull()
  expect(await whereSaid(said)).toEqual([])
  const again = await book('09:00')
  expect(await contactOf(again.id)).not.toBe(contactId)
  await assertInvariants(db.owner)
})

test('only those who run the business may, and only for their own people', async () => {
  const { id } = await book('09:00')
  const contactId = await contactOf(id)
  const erase = (actor: Actor, businessId = world.businessId) =>
    eraseSubject.execute({ businessId, contactId }, newCall(actor))
  const other = await testWorld()
  await expect(erase(anonymous)).rejects.toMatchObject({ kind: 'unauthenticated' })
  await expect(erase(person())).rejects.toMatchObject({ kind: 'not_found' })
  await expect(erase(other.owner)).rejects.toMatchObject({ kind: 'not_found' })
  await expect(erase(other.owner, other.businessId)).rejects.toMatchObject({ kind: 'not_found' })
  const clerk = person(undefined, [{ tenantId: world.businessId, role: 'provider' }])
  await expect(erase(clerk)).rejects.toMatchObject({ kind: 'forbidden' })
  expect(await whereSaid(['zeb@quirk.example'])).toEqual(['public.contact: zeb@quirk.example'])
})

test('many at once erase once', async () => {
  const { id } = await book('09:00')
  const contactId = await contactOf(id)
  await Promise.all(
    Array.from({ length: 8 }, () =>
      eraseSubject.execute({ businessId: world.businessId, contactId }, owner()),
    ),
  )
  expect((await events('business.contact', contactId)).map((e) => e.version)).toEqual([1, 2])
  expect((await events('platform.subject', contactId)).map((e) => e.version)).toEqual([1])
  await assertInvariants(db.owner)
})

test('somebody of whom nothing was ever sealed is marked, so that nothing will be', async () => {
  const nobody = world.owner.id
  await appDb().transaction(async (tx) => {
    await tx.execute(sql`select set_config('app.tenant', ${world.businessId}, true)`)
    const forgetting = await forget(tx, world.businessId, nobody, new Date())
    expect(forgetting?.event.data).toEqual({ subjectId: nobody, keyId: null })
    await forgetting?.destroy(tx)
    expect(await forget(tx, world.businessId, nobody, new Date())).toBeNull()
  })
})
