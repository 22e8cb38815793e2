import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'

/** The real command on a folder of its own: what it says, what it refuses, how it ends and how it comes back. */

const data = mkdtempSync(join(tmpdir(), 'slotwise-start-'))
const port = 20_000 + Math.floor(Math.random() * 12_000)
const runs: Run[] = []

class Run {
  said = ''
  readonly child: ChildProcess
  readonly ended: Promise<number | null>

  constructor(env: Record<string, string> = {}) {
    this.child = spawn(process.execPath, ['scripts/start.mjs'], {
      env: { ...process.env, NODE_ENV: 'production', DATA_DIR: data, PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk) => {
        this.said += chunk
      })
    }
    this.ended = new Promise((resolve) => this.child.once('close', resolve))
    runs.push(this)
  }

  async ready(): Promise<this> {
    await until(() => this.said.includes('is ready') || this.child.exitCode !== null, 150_000)
    expect(this.said).toContain('is ready')
    return this
  }
}

async function until(holds: () => boolean | Promise<boolean>, ms: number) {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('waited in vain')
}

interface Note {
  pid: number
  children: { name: string; pid: number }[]
}
const note = () => JSON.parse(readFileSync(join(data, 'lock'), 'utf8')) as Note
const postmaster = () => Number(readFileSync(join(data, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])
const childPid = (name: string) => note().children.find((child) => child.name === name)?.pid ?? 0
const answers = () =>
  fetch(`http://127.0.0.1:${port}/api/ready`).then(
    (answer) => answer.status === 200,
    () => false,
  )

function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && process.platform !== 'linux'
  }
}

afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
  }
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

describe('npm start', () => {
  test('ends in one screen, with secrets that only their owner reads', async () => {
    const run = await new Run().ready()
    expect(run.said).toContain(`http://localhost:${port}`)
    expect(run.said).toMatch(/owner +\S+@\S+ +\S+/)
    expect(run.said).toMatch(/embedded PostgreSQL on port \d+/)
    expect(run.said.split('is ready')[1]?.trim().split('\n').length).toBeLessThan(25)
    expect(statSync(join(data, 'secrets')).mode & 0o777).toBe(0o600)
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
  })

  test('refuses a second run on the same data and leaves the first alone', async () => {
    await new Run().ready()
    const { pid } = note()
    const second = new Run({ PORT: String(port + 1) })
    expect(await second.ended).toBe(1)
    expect(second.said).toContain('already running')
    expect(second.said).toContain(`process ${pid}`)
    expect(second.said).toContain(`http://localhost:${port}`)
    expect(note().pid).toBe(pid)
    expect(await answers()).toBe(true)
  })

  test('started five times at once on a stale lock, runs once', async () => {
    mkdirSync(data, { recursive: true })
    writeFileSync(
      join(data, 'lock'),
      JSON.stringify({ pid: process.pid, born: 'another boot', host: hostname() }),
    )
    const five = Array.from({ length: 5 }, () => new Run())
    await until(() => five.every(({ said }) => /is ready|already running/.test(said)), 150_000)
    expect(five.filter(({ said }) => said.includes('is ready'))).toHaveLength(1)
  })

  test('names a port that is taken, before it starts anything', async () => {
    await new Run().ready()
    const other = join(data, 'other')
    const second = new Run({ DATA_DIR: other })
    expect(await second.ended).toBe(1)
    expect(second.said).toContain(`Port ${port} on 127.0.0.1 is taken`)
    expect(second.said).toContain('PORT=')
    expect(existsSync(join(other, 'pg'))).toBe(false)
  })

  test('names a setting that is wrong, without a stack', async () => {
    const run = new Run({ PORT: 'http', ROLE: 'everything' })
    expect(await run.ended).toBe(1)
    expect(run.said).toContain('  PORT must be')
    expect(run.said).toContain('  ROLE must be')
    expect(run.said).not.toMatch(/^\s+at /m)
  })

  test('asks for secrets when the database is elsewhere', async () => {
    const run = new Run({ DATABASE_URL: 'postgres://owner:x@127.0.0.1:1/slotwise' })
    expect(await run.ended).toBe(1)
    for (const name of ['APP_SECRET', 'ENCRYPTION_KEY']) expect(run.said).toContain(`  ${name} is not set`)
  })
})

describe('stopping', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('by %s ends everything, the database last', async (signal) => {
    const run = await new Run().ready()
    const pids = [postmaster(), ...note().children.map((child) => child.pid)]
    expect(pids.every(isAlive)).toBe(true)
    const before = statSync(join(data, 'postgres.log')).size
    run.child.kill(signal)
    expect(await run.ended).toBe(0)
    expect(pids.filter(isAlive)).toEqual([])
    expect(existsSync(join(data, 'lock'))).toBe(false)
    const log = readFileSync(join(data, 'postgres.log'), 'utf8').slice(before)
    expect(log).toContain('database system is shut down')
    // Whoever still held a connection when the database stopped would have been cut off with these words.
    expect(log).not.toContain('terminating connection')
  })
})

describe('after kill -9', () => {
  test.each([
    ['the supervisor', () => [note().pid]],
    ['all but the database', () => [note().pid, ...note().children.map((child) => child.pid)]],
    ['everything', () => [note().pid, ...note().children.map((child) => child.pid), postmaster()]],
  ])('of %s, the next start recovers', async (_, victims) => {
    const lost = await new Run().ready()
    for (const pid of victims()) process.kill(pid, 'SIGKILL')
    await lost.ended
    const pids = [postmaster(), ...note().children.map((child) => child.pid)]
    await new Run().ready()
    expect(pids.filter(isAlive)).toEqual([])
    expect(await answers()).toBe(true)
  })

  test('of the supervisor, its children stop by themselves', async () => {
    const lost = await new Run().ready()
    const pids = [postmaster(), ...note().children.map((child) => child.pid)]
    process.kill(note().pid, 'SIGKILL')
    await lost.ended
    await until(() => !pids.some(isAlive), 20_000)
  })

  test.each(['web', 'worker'])('of the %s, it is started again', async (name) => {
    await new Run().ready()
    const victim = childPid(name)
    process.kill(victim, 'SIGKILL')
    await until(async () => childPid(name) !== victim && isAlive(childPid(name)) && (await answers()), 20_000)
  })

  test('of the database, it comes back under everyone', async () => {
    await new Run().ready()
    const [victim, web] = [postmaster(), childPid('web')]
    process.kill(victim, 'SIGKILL')
    await until(
      async () =>
        existsSync(join(data, 'pg', 'postmaster.pid')) && postmaster() !== victim && (await answers()),
      30_000,
    )
    expect(childPid('web')).toBe(web)
  })
})
