import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { reaction, type Subscription, when } from '@/jobs/define'
import { startProjector } from '@/jobs/projector'
import { startHandling } from '@/jobs/run'
import { subscriptions } from '@/jobs/subscriptions'
import { bookAppointment } from '@/server/booking/appointment/book'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { appointmentConfirmed } from '@/server/booking/appointment/events'
import { searchProviders } from '@/server/business/provider/search'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { eraseSubject } from '@/server/platform/subject/erase'
import { placeHold } from '@/server/scheduling/hold/place'
import { backup, restore } from './backup'
import { type Entry, readArchive, writeArchive } from './backup/archive'
import { closePools } from './client'
import { startCluster } from './embedded'
import { type Attempt, assertInvariants, checkAnswers } from './invariants'
import { type TestDatabase, testDatabase } from './testing'
import { testWorld, type World } from './testing-world'

const dir = mkdtempSync(join(tmpdir(), 'slotwise-backup-'))
const file = join(dir, 'one.backup')
let db: TestDatabase
let world: World

beforeAll(async () => {
  db = await testDatabase()
  world = await testWorld({ durationMinutes: 30, stepMinutes: 30 })
})
afterAll(async () => {
  await db.drop()
  rmSync(dir, { recursive: true, force: true })
})

/** The process works on this database from here on. */
async function moveTo(url: string) {
  await closePools()
  process.env.DATABASE_URL = url
  globalThis.__slotwise_config = undefined
}

const attempts: Attempt[] = []
async function book(day: number, minute: number): Promise<string | undefined> {
  const email = `client-${newId()}@example.com`
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  const where = { providerId: world.providerId, serviceId: world.serviceId }
  const input = { ...where, startTime: world.at(day, clock), client: { name: 'Ria Client', email } }
  try {
    const { id } = await bookAppointment.execute(input, newCall(anonymous))
    attempts.push({ email, outcome: 'ok', id })
    return id
  } catch (error) {
    attempts.push({ email, outcome: isRefusal(error) ? 'refused' : 'unknown' })
    return undefined
  }
}

/** The first event it meets keeps it busy until it is let go. */
let gate: Promise<void> | null = null
const done: string[] = []
const slow = reaction('slow', async (event) => {
  await gate
  done.push(event.id)
})
const list: Subscription[] = [...subscriptions, when(appointmentConfirmed, slow)]

test('a house moves while people are at work in it: nothing is lost, nothing happens twice, who was forgotten stays so', async () => {
  let running = await startHandling(list, startProjector())
  const ids: string[] = []
  for (let n = 0; n < 12; n++) ids.push((await book(2, 480 + n * 30)) as string)
  await cancelAppointment.execute({ id: ids[0] as string, reason: 'moving' }, newCall(world.owner))
  const [erased] = await db.owner<{ contact_id: string; email: string }[]>`
    select a.contact_id, c.email from appointment a join contact c on c.id = a.contact_id where a.id = ${ids[0] as string}`
  const contactId = erased?.contact_id as string
  await eraseSubject.execute({ businessId: world.businessId, contactId }, newCall(world.owner))
  attempts.splice(0, 1)
  const hold = { providerId: world.providerId, serviceId: world.serviceId, holder: newId() }
  await placeHold.execute({ ...hold, startTime: world.at(4, '10:00') }, newCall(anonymous))
  await assertInvariants(db.owner, { drained: list })

  let open = () => {}
  gate = new Promise((resolve) => {
    open = resolve
  })
  await book(3, 480)
  await expect
    .poll(() => db.owner`select 1 from pgboss.job where name = 'slow' and state = 'active'`, {
      timeout: 10_000,
    })
    .toHaveLength(1)
  const before = [...attempts]
  let writing = true
  const writers = [0, 1, 2].map(async (writer) => {
    for (let n = 0; writing && n < 200; n++)
      await book(5 + writer + 3 * Math.floor(n / 20), 480 + (n % 20) * 30)
  })
  const taken = await backup(db.url, file)
  writing = false
  await Promise.all(writers)
  open()
  await running.stop()
  expect(attempts.length).toBeGreaterThan(before.length)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(taken.rows).toBeGreaterThan(100)

  const other = await startCluster({ dir: join(dir, 'cluster'), settings: { fsync: 'off' } })
  const owner = postgres(other.ownerUrl, { max: 2, onnotice: () => {} })
  try {
    await moveTo(other.ownerUrl)
    const back = await restore(other.ownerUrl, file)
    expect(back).toMatchObject({ rows: taken.rows, epoch: 2, migrated: 0, takenAt: taken.takenAt })
    await assertInvariants(owner)
    expect(await checkAnswers(owner, before)).toEqual([])
    const [snap] = await owner<{ jobs: number; active: number; events: number; ahead: boolean }[]>`
      select (select count(*)::int from pgboss.job) as jobs, (select count(*)::int from pgboss.job where state = 'active') as active,
        (select count(*)::int from event_log) as events, (select last_value from event_pos) >= (select max(pos) from event_log) as ahead`
    expect(snap).toMatchObject({ active: 0, ahead: true })
    expect(snap?.jobs).toBeGreaterThan(0)

    done.length = 0
    gate = null
    running = await startHandling(list, startProjector())
    for (let n = 0; n < 6; n++) await book(80, 480 + n * 30)
    await assertInvariants(owner, { drained: list })
    expect(new Set(done).size).toBe(done.length)
    expect(done.length).toBeGreaterThanOrEqual(7)
    const twice = await owner`select kind, about_id from message group by 1, 2 having count(*) > 1`
    expect(twice).toEqual([])
    const epochs = await owner<{ epoch: number }[]>`select distinct epoch from event_log order by 1`
    expect(epochs.map((e) => e.epoch)).toEqual([1, 2])
    const found = await searchProviders.execute({ q: 'ada' }, newCall(anonymous))
    expect(found.providers.map((p) => p.id)).toEqual([world.providerId])

    const [person] =
      await owner`select name, email, phone, erased_at is not null as erased from contact where id = ${contactId}`
    expect(person).toEqual({ name: null, email: null, phone: null, erased: true })
    const [key] = await owner`select wrapped from subject_key where subject_id = ${contactId}`
    expect(key).toEqual({ wrapped: null })
    await running.stop()

    await expect(restore(other.ownerUrl, file)).rejects.toThrow(
      /The database is not empty: there are rows in/,
    )
  } finally {
    await closePools()
    await owner.end()
    await moveTo(db.url)
    await other.stop()
  }
}, 120_000)

describe('a file', () => {
  const small = join(dir, 'small.backup')
  let admin: postgres.Sql
  const made: string[] = []

  beforeAll(async () => {
    admin = postgres(inject('adminUrl'), { max: 1, onnotice: () => {} })
    await db.owner`select log_make_partitions(now() - interval '2 years')`
    await db.owner`update event_log set recorded_at = recorded_at - interval '2 years' where type = 'business.service.created.v1'`
    await backup(db.url, small)
  })
  afterAll(async () => {
    for (const name of made) await admin.unsafe(`drop database ${name} with (force)`)
    await admin.end()
  })
  async function emptyDatabase(): Promise<string> {
    const name = `r_${newId().replaceAll('-', '')}`
    await admin.unsafe(`create database ${name} owner slotwise_owner`)
    made.push(name)
    const url = new URL(db.url)
    url.pathname = `/${name}`
    return url.href
  }
  const changed = async (change: (entries: Entry[]) => void): Promise<string> => {
    const entries: Entry[] = []
    for await (const entry of readArchive(small)) entries.push(entry)
    change(entries)
    const path = join(dir, `${newId()}.backup`)
    await writeArchive(
      path,
      (async function* () {
        yield* entries
      })(),
    )
    return path
  }
  const edit = (data: Buffer, with_: object) =>
    Buffer.from(JSON.stringify({ ...JSON.parse(data.toString()), ...with_ }))
  const tables = async (url: string) => {
    const sql = postgres(url, { max: 1, onnotice: () => {} })
    const rows =
      await sql`select 1 from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`
    await sql.end()
    return rows.length
  }

  test.each([
    ['that ends early', () => gunzipHalf(small), /ends in the middle|is damaged/],
    ['with a changed byte', () => flipped(small), /is damaged/],
    ['of something else', () => written(gzipSync(Buffer.from('hello'))), /ends in the middle/],
    ['that is no archive', () => written(Buffer.from('hello')), /is damaged/],
    ['with other rows', () => changed((e) => e.splice(-2, 1)), /is damaged in the rows of/],
    ['without its end', () => changed((e) => e.splice(-1, 1)), /ends in the middle/],
    [
      'with another header',
      () =>
        changed(([h]) => h && Object.assign(h, { data: edit(h.data, { takenAt: '2026-01-01T00:00:00Z' }) })),
      /is damaged in its header/,
    ],
    [
      'of a newer format',
      () => changed(([h]) => h && Object.assign(h, { data: edit(h.data, { format: 2 }) })),
      /newer version of SlotWise/,
    ],
  ])('%s is refused before anything is touched', async (_, make, words) => {
    const url = await emptyDatabase()
    await expect(restore(url, await make())).rejects.toThrow(words)
    expect(await tables(url)).toBe(0)
  })

  const resealed = (with_: object) =>
    changed((entries) => {
      const [header] = entries
      const manifest = entries.at(-1)
      if (!header || !manifest) return
      header.data = edit(header.data, with_)
      manifest.data = edit(manifest.data, { header: sha256(header.data) })
    })

  test.each([
    ['another key', { keyFingerprint: 'x' }, /another ENCRYPTION_KEY/],
    [
      'migrations to come',
      { migrations: Array.from({ length: 99 }, () => 'x') },
      /newer version of SlotWise/,
    ],
    ['a migration of its own', { migrations: ['x'] }, /whose migration 0 differs/],
    ['another job queue', { jobsVersion: 7 }, /version 7 of the job queue/],
  ])('with %s is refused with a remedy', async (_, with_, words) => {
    await expect(restore(await emptyDatabase(), await resealed(with_))).rejects.toThrow(words)
  })

  test('is put into a database of the same cluster without a new epoch, and a failed try can be repeated', async () => {
    const url = await emptyDatabase()
    const double = await changed((entries) => {
      const rows = entries.find((e) => e.name.startsWith('data/public.business/')) as { data: Buffer }
      const manifest = entries.at(-1) as { data: Buffer }
      rows.data = Buffer.concat([rows.data, rows.data])
      const said = JSON.parse(manifest.data.toString())
      said.tables['public.business'] = { rows: 2, bytes: rows.data.length, sha256: sha256(rows.data) }
      manifest.data = Buffer.from(JSON.stringify(said))
    })
    await expect(restore(url, double)).rejects.toThrow()
    const back = await restore(url, small)
    expect(back).toMatchObject({ epoch: 1, migrated: 0 })
    const sql = postgres(url, { max: 1, onnotice: () => {} })
    await assertInvariants(sql)
    const [open] =
      await sql`select count(*)::int as n from pg_class c where c.relnamespace = 'public'::regnamespace
      and c.relrowsecurity and not c.relforcerowsecurity`
    expect(open).toEqual({ n: 0 })
    await sql.end()
  })

  test('of an older version is brought to the shape of this one', async () => {
    const folder = join(dir, 'migrations')
    cpSync(join(process.cwd(), 'db', 'migrations'), folder, { recursive: true })
    const journal = join(folder, 'meta', '_journal.json')
    const known = JSON.parse(readFileSync(journal, 'utf8'))
    known.entries.push({
      idx: known.entries.length,
      version: '7',
      when: Date.now(),
      tag: '9999_later',
      breakpoints: true,
    })
    writeFileSync(journal, JSON.stringify(known))
    writeFileSync(
      join(folder, '9999_later.sql'),
      "alter table business add column motto text not null default 'none';",
    )
    const url = await emptyDatabase()
    expect(await restore(url, small, folder)).toMatchObject({ migrated: 1 })
    const sql = postgres(url, { max: 1, onnotice: () => {} })
    expect(await sql`select motto from business`).toEqual([{ motto: 'none' }])
    await sql.end()
  })
})

function written(data: Buffer): string {
  const path = join(dir, `${newId()}.backup`)
  writeFileSync(path, data)
  return path
}
function flipped(path: string): string {
  const data = gunzipSync(readFileSync(path))
  const at = data.indexOf('Test House')
  data[at] = 'B'.charCodeAt(0)
  return written(gzipSync(data))
}
function gunzipHalf(path: string): string {
  const data = readFileSync(path)
  return written(data.subarray(0, data.length - 100))
}
function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
