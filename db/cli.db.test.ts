import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { PgBoss } from 'pg-boss'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { ensureQueues, type Pointer, startBoss } from '@/jobs/queues'
import { subscriptions } from '@/jobs/subscriptions'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { main } from './cli/main'
import { type TestDatabase, testDatabase } from './testing'
import { testWorld, type World } from './testing-world'

vi.setConfig({ testTimeout: 120_000 })

let db: TestDatabase
let world: World
let boss: PgBoss
let dir: string

beforeAll(async () => {
  dir = mkdtempSync(join(process.cwd(), 'node_modules', '.slotwise-cli-'))
  await build({
    entryPoints: { cli: 'db/cli.ts' },
    outdir: dir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  })
  db = await testDatabase()
  world = await testWorld()
  boss = await startBoss({ supervise: false })
  await ensureQueues(boss, subscriptions)
})
afterAll(async () => {
  await boss.stop({ graceful: false, close: true })
  await db.drop()
  rmSync(dir, { recursive: true, force: true })
})

type Said = { code: number | null; out: string; err: string }

/** The program itself, as it is bundled. */
function start(...words: string[]): { child: ChildProcess; end: Promise<Said>; said: Said } {
  const env = { ...process.env, DATABASE_URL: db.url, LOG_LEVEL: '' }
  const child = spawn(process.execPath, [join(dir, 'cli.mjs'), ...words], { env })
  const said: Said = { code: null, out: '', err: '' }
  child.stdout.on('data', (chunk) => (said.out += chunk))
  child.stderr.on('data', (chunk) => (said.err += chunk))
  const end = new Promise<Said>((resolve) =>
    child.once('close', (code) => resolve(Object.assign(said, { code }))),
  )
  return { child, end, said }
}

/** The same in this process, which is quicker. */
async function runOn(url: string, ...words: string[]): Promise<Said> {
  const said = { out: '', err: '' }
  const listen = (stream: NodeJS.WriteStream, name: keyof typeof said) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      said[name] += chunk
      return true
    })
  const spies = [listen(process.stdout, 'out'), listen(process.stderr, 'err')]
  Object.assign(process.env, { DATABASE_URL: url })
  globalThis.__slotwise_config = undefined
  try {
    return { code: await main(words, url), ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
    Object.assign(process.env, { DATABASE_URL: db.url })
    globalThis.__slotwise_config = undefined
  }
}
const run = (...words: string[]) => runOn(db.url, ...words)

const book = async (clock: string) => {
  const { providerId, serviceId } = world
  const client = { name: 'Greta Geheim', email: 'greta.geheim@example.com' }
  return bookAppointment.execute(
    { providerId, serviceId, startTime: world.at(3, clock), client },
    newCall(anonymous),
  )
}
const eventOf = async (aggregateId: string, type: string) => {
  const [row] = await db.owner<{ id: string; at: string; correlation_id: string }[]>`
    select id, correlation_id, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from event_log where aggregate_id = ${aggregateId} and type = ${type}`
  if (!row) throw new Error(`no ${type} of ${aggregateId}`)
  return row
}

/** As it is when a handler's last attempt has failed. */
async function deadLetter(handler: string, pointer: Pointer, message: string): Promise<string> {
  await boss.insert(handler, [{ data: pointer, retryLimit: 0 }])
  const [job] = await boss.fetch<Pointer>(handler)
  if (!job) throw new Error('the queue gave no job')
  await boss.fail(handler, job.id, { message })
  const [row] = await db.owner<{ id: string }[]>`
    select id from pgboss.job where name = 'dead-letters' and source_id = ${job.id}`
  return row?.id ?? ''
}
async function deadBooking(clock: string, message = 'no\u001b[31m ink') {
  const { id } = await book(clock)
  const event = await eventOf(id, 'booking.appointment.confirmed.v1')
  return {
    event,
    letter: await deadLetter('tell-staff', { eventId: event.id, recordedAt: event.at }, message),
  }
}

test('help is asked for, or answers what was written wrongly', async () => {
  const all = await run('--help')
  const some = await run('dead-letters', '--help')
  const nothing = await run()
  const wrong = await run('dead-leters')
  const option = await run('dead-letters', 'list', '--jason')
  const id = await run('dead-letters', 'show', '17')
  expect(all).toMatchObject({ code: 0, err: '' })
  for (const name of ['migrate', 'seed', 'operator', 'dead-letters redrive', 'events tail'])
    expect(all.out).toContain(`\n  ${name} `.trimEnd())
  expect(some.out).toContain('dead-letters discard ID… --reason "WHY"')
  expect(some.out).not.toContain('events tail')
  expect(nothing).toMatchObject({ code: 2, out: all.out })
  expect(wrong).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('There is no command "dead-leters".'),
  })
  expect(option).toMatchObject({
    code: 2,
    err: expect.stringContaining('Usage: node scripts/cli.mjs dead-letters list'),
  })
  expect(id).toMatchObject({ code: 2, err: expect.stringContaining('"17" is not an id') })
})

test('a database that is away, or that is not prepared, is said in one line', async () => {
  const bare = `bare_${newId().replaceAll('-', '')}`
  const admin = postgres(inject('adminUrl'), { max: 1 })
  await admin.unsafe(`create database ${bare} owner slotwise_owner`)
  const away = new URL(db.url)
  away.port = '1'
  const empty = new URL(db.url)
  empty.pathname = `/${bare}`
  const wrong = new URL(db.url)
  wrong.password = 'wrong'
  const answers = [
    await runOn(away.href, 'migrate'),
    await runOn(away.href, 'dead-letters', 'list'),
    await runOn(empty.href, 'dead-letters', 'list'),
    await runOn(empty.href, 'events', 'tail'),
    await runOn(wrong.href, 'migrate'),
  ]
  await admin.unsafe(`drop database ${bare} with (force)`)
  await admin.end()
  for (const answer of answers) {
    expect(answer).toMatchObject({ code: 1, out: '' })
    expect(answer.err.trimEnd().split('\n')).toHaveLength(1)
  }
  expect(answers.map((a) => /reached|not been prepared|correct DATABASE_URL/.exec(a.err)?.[0])).toEqual([
    'reached',
    'reached',
    'not been prepared',
    'not been prepared',
    'correct DATABASE_URL',
  ])
})

test('roles made with another secret are told from a wrong DATABASE_URL', async () => {
  const secret = process.env.APP_SECRET
  process.env.APP_SECRET = 'another-secret-another-secret-another'
  const answer = await run('dead-letters', 'list')
  process.env.APP_SECRET = secret
  expect(answer).toMatchObject({
    code: 1,
    err: expect.stringMatching(/"slotwise_relay".*another APP_SECRET/),
  })
})

test('migrating again changes nothing, and the program ends at once', async () => {
  expect(await start('migrate').end).toMatchObject({
    code: 0,
    out: 'Nothing to migrate. The log is in epoch 1.\n',
  })
})

test('a dead letter is listed, shown, previewed and redriven', async () => {
  const { event, letter } = await deadBooking('09:00')
  const list = await run('dead-letters', 'list')
  expect(list.code).toBe(0)
  const [heads = '', row = ''] = list.out.split('\n')
  expect(row.slice(heads.indexOf('EVENT'))).toMatch(/^booking\.appointment\.confirmed\.v1 {2}/)
  expect(row.slice(heads.indexOf('ERROR'))).toBe('no [31m ink')
  const [json = ''] = (await run('dead-letters', 'list', '--handler', 'tell-staff', '--json')).out.split('\n')
  expect(JSON.parse(json)).toMatchObject({
    id: letter,
    handler: 'tell-staff',
    eventId: event.id,
    attempts: 1,
  })
  expect((await run('dead-letters', 'list', '--handler', 'expire-hold')).out).toBe('No dead letters.\n')
  const shown = await run('dead-letters', 'show', letter)
  expect(shown.out).toMatch(new RegExp(`^event +${event.id}$`, 'm'))

  expect(await run('dead-letters', 'redrive')).toMatchObject({ code: 2 })
  expect(await run('dead-letters', 'redrive', '--all', letter)).toMatchObject({ code: 2 })
  expect(await run('dead-letters', 'redrive', newId())).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no dead letter'),
  })
  const preview = await run('dead-letters', 'redrive', '--all', '--preview')
  expect(preview.out.split('\n')[1]).toMatch(/^tell-staff +1 +0 /)
  expect(await run('dead-letters', 'redrive', '--handler', 'tell-staff')).toMatchObject({
    code: 0,
    out: 'Redriven: 1.\n',
  })
  expect((await run('dead-letters', 'list')).out).toBe('No dead letters.\n')
  const waiting = await db.owner`select 1 from pgboss.job where name = 'tell-staff' and state = 'created'`
  expect(waiting).toHaveLength(1)
})

/** The log shows what no older transaction can still come before, those of tests beside this one among them. */
const shows = (id: string, type: string) =>
  expect.poll(async () => (await run('events', 'show', id)).out, { timeout: 20_000 }).toContain(type)

test('what no handler waits for is left, named and discarded with a reason', async () => {
  const event = await eventOf(world.providerId, 'business.provider.created.v1')
  await boss.createQueue('forgotten', { deadLetter: 'dead-letters' })
  const letter = await deadLetter('forgotten', { eventId: event.id, recordedAt: event.at }, 'who?')
  expect(await run('dead-letters', 'redrive', '--all')).toMatchObject({
    code: 1,
    out: 'Redriven: 0.\n',
    err: expect.stringContaining('forgotten (1)'),
  })
  expect(await run('dead-letters', 'discard', letter)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--reason'),
  })
  expect(await run('dead-letters', 'discard', letter, '--reason', 'Nobody waits for it.')).toMatchObject({
    code: 0,
    out: 'Discarded: 1.\n',
  })
  expect((await run('dead-letters', 'list')).out).toBe('No dead letters.\n')
  await shows(event.id, 'platform.event.discarded.v1')
})

test('an id shows its events, without what is private unless asked', async () => {
  const { id } = await book('12:00')
  const { correlation_id } = await eventOf(id, 'booking.appointment.created.v1')
  const parsed = (out: string) =>
    out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text))
  await shows(correlation_id, 'booking.appointment.confirmed.v1')
  const hidden = await run('events', 'show', correlation_id)
  const events = parsed(hidden.out)
  expect(events.map((e) => e.type)).toContain('booking.appointment.confirmed.v1')
  expect(new Set(events.map((e) => e.correlationid))).toEqual(new Set([correlation_id]))
  expect(hidden.out).not.toMatch(/geheim|\$sealed/i)
  const life = parsed((await run('events', 'show', id)).out)
  expect(life.map((e) => [e.sequence, e.type])).toEqual([
    ['1', 'booking.appointment.created.v1'],
    ['2', 'booking.appointment.confirmed.v1'],
  ])
  const [contact] = await db.owner<{ id: string }[]>`select id from contact limit 1`
  expect(parsed((await run('events', 'show', contact?.id ?? '')).out)[0].data).toMatchObject({
    name: null,
    email: null,
  })
  const open = parsed((await run('events', 'show', contact?.id ?? '', '--private')).out)
  expect(open[0].data).toMatchObject({ name: 'Greta Geheim', email: 'greta.geheim@example.com' })
  expect(await run('events', 'show', newId())).toMatchObject({ code: 1, out: '' })
})

test('the tail shows the last events, and follows until it is interrupted', async () => {
  const last = await run('events', 'tail', '--limit', '3')
  expect(last.out.trim().split('\n')).toHaveLength(3)
  const following = start('events', 'tail', '--follow', '--type', 'booking.appointment', '--limit', '1')
  const until = async (look: () => boolean) => {
    for (const end = Date.now() + 60_000; !look(); await new Promise((resolve) => setTimeout(resolve, 20)))
      if (Date.now() > end) throw new Error(`only this came: ${following.said.out}`)
  }
  const lines = () => following.said.out.split('\n').length - 1
  await until(() => lines() === 1)
  const { id } = await book('15:00')
  await until(() => lines() === 3)
  following.child.kill('SIGINT')
  expect((await following.end).code).toBe(0)
  const seen = following.said.out
    .trim()
    .split('\n')
    .slice(1)
    .map((text) => JSON.parse(text))
  expect(seen.map((e) => [e.subject, e.type])).toEqual([
    [id, 'booking.appointment.created.v1'],
    [id, 'booking.appointment.confirmed.v1'],
  ])
})

test('a projection is made anew from the log', async () => {
  expect(await run('projections', 'rebuild', 'lists')).toMatchObject({
    code: 2,
    err: expect.stringContaining('listing'),
  })
  expect(await run('projections', 'rebuild', 'listing')).toMatchObject({
    code: 0,
    out: expect.stringContaining('generation 1'),
  })
  const listed = () => db.owner<{ name: string }[]>`
    select l.name from listing l join projection p on p.name = 'listing' and l.generation = p.live`
  const before = await listed()
  expect(before.map((l) => l.name)).toContain('Ada Test')
  await db.owner`update listing set name = 'somebody else'`
  expect(await run('projections', 'rebuild', 'listing')).toMatchObject({
    code: 0,
    out: expect.stringContaining('generation 2'),
  })
  expect(await listed()).toEqual(before)
})

test('a backup is taken into a new file, and put back into an empty database only', async () => {
  await book('17:00')
  const file = join(dir, 'one.tar.gz')
  expect(await run('backup', file)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+ rows of \d+ tables as of /),
  })
  expect(await run('backup', file)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is there already'),
  })
  expect(await run('backup', join(dir, 'nowhere', 'x'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('no folder'),
  })
  expect(await run('restore')).toMatchObject({ code: 2 })
  expect(await run('restore', join(dir, 'two.tar.gz'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('no file'),
  })
  expect(await run('restore', file)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('not empty'),
  })

  const fresh = `fresh_${newId().replaceAll('-', '')}`
  const admin = postgres(inject('adminUrl'), { max: 1 })
  await admin.unsafe(`create database ${fresh} owner slotwise_owner`)
  const url = new URL(db.url)
  url.pathname = `/${fresh}`
  const bad = join(dir, 'bad.tar.gz')
  writeFileSync(bad, readFileSync(file).subarray(0, 5000))
  expect(await runOn(url.href, 'restore', bad)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^[^\n]+\n$/),
  })
  expect(await runOn(url.href, 'restore', file)).toMatchObject({
    code: 0,
    out: expect.stringContaining(' are back.'),
  })
  const there = postgres(url.href, { max: 1 })
  const appointments = (sql: postgres.Sql) => sql`select id, status from appointment order by id`
  expect(await appointments(there)).toEqual(await appointments(db.owner))
  await there.end()
  await admin.unsafe(`drop database ${fresh} with (force)`)
  await admin.end()
})
