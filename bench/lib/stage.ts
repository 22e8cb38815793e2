import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { closePools } from '@/db/client'
import { type Cluster, startCluster } from '@/db/embedded'
import { freePort, processesIn } from '@/db/embedded-host'
import { migrate } from '@/db/migrate'
import { config } from '@/server/core/config'
import { Child, processorSeconds, root } from './child'

export type Env = Record<string, string>

/** A database of a bench's own, migrated, and the process's pools point at it. */
export type Database = { name: string; owner: postgres.Sql; env: Env }

type Manner = {
  /** Whose flags it is run with, when it stands for a process of the app. */
  as?: string
  /** Collects its garbage at SIGUSR2, for a reading of its memory. */
  collects?: boolean
}

const ownFlags = ['--enable-source-maps', '--import', join(root, 'scripts', 'lib', 'with-parent.mjs')]

/** How `npm start` runs the app's processes, by their names. */
const appFlags = JSON.parse(process.env.APP_NODE_FLAGS ?? '{}') as Record<string, string[]>

/** What benches stand on: a throw-away server set up like production's, fsync and all, and the processes on it. */
export class Stage {
  readonly dir = mkdtempSync(join(tmpdir(), 'slotwise-bench-'))
  readonly #secrets = {
    NODE_ENV: 'production',
    APP_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  }
  #cluster: Cluster | null = null
  #admin: postgres.Sql | null = null
  #children: Child[] = []
  #databases: Database[] = []
  #shared = new Map<string, Promise<unknown>>()

  constructor(private readonly options: { profile: boolean; say(text: string): void }) {}

  say(text: string): void {
    this.options.say(text)
  }

  /** Made once for the benches that share it, gone with the next `clear()`. */
  share<T>(name: string, make: () => Promise<T>): Promise<T> {
    const made = this.#shared.get(name) ?? make()
    this.#shared.set(name, made)
    return made as Promise<T>
  }

  async #server(): Promise<{ cluster: Cluster; admin: postgres.Sql }> {
    if (this.#cluster && this.#admin) return { cluster: this.#cluster, admin: this.#admin }
    this.say('starting a database server')
    // Tells when a transaction committed to the microsecond, by the clock that all processes here share.
    const cluster = await startCluster({ dir: this.dir, settings: { track_commit_timestamp: 'on' } })
    this.#cluster = cluster
    this.#admin = postgres(cluster.adminUrl, { max: 1, onnotice: () => {} })
    this.#use(cluster.ownerUrl)
    await migrate({ url: cluster.ownerUrl })
    const owner = postgres(cluster.ownerUrl, { max: 1, onnotice: () => {} })
    await everyPartition(owner)
    await owner.end()
    return { cluster, admin: this.#admin }
  }

  /** Processor time of the database server so far, in seconds. */
  databaseSeconds(): number {
    return processorSeconds(processesIn(join(this.dir, 'pg')))
  }

  async database(name: string): Promise<Database> {
    const { cluster, admin } = await this.#server()
    await closePools()
    await admin.unsafe(`create database ${name} template slotwise owner slotwise_owner`)
    const url = new URL(cluster.ownerUrl)
    url.pathname = `/${name}`
    this.#use(url.href)
    const owner = postgres(url.href, { max: 4, onnotice: () => {} })
    const made = { name, owner, env: { ...this.#secrets, DATABASE_URL: url.href } }
    this.#databases.push(made)
    return made
  }

  /** This process's own verbs and queries work there too. */
  #use(url: string): void {
    Object.assign(process.env, this.#secrets, { DATABASE_URL: url, LOG_LEVEL: 'silent' })
    globalThis.__slotwise_config = undefined
    config()
  }

  child(name: string, file: string, env: Env = {}, { as = name, collects = false }: Manner = {}): Child {
    const profile = this.options.profile ? join(root, 'dist', 'bench', 'profiles', name) : null
    if (profile) mkdirSync(profile, { recursive: true })
    const collecting = ['--expose-gc', '--import', join(root, 'dist', 'bench', 'collect.mjs')]
    const flags = [...(appFlags[as] ?? ownFlags), ...(collects ? collecting : [])]
    const child = new Child(name, { file, env, flags, profile, log: join(this.dir, `${name}.log`) })
    this.#children.push(child)
    return child
  }

  /** The app's own processes, as `npm start` would run them. */
  async web(database: Database, manner: Manner = {}): Promise<Child & { url: string }> {
    const PORT = String(await freePort())
    const url = `http://127.0.0.1:${PORT}`
    const env = { ...database.env, PORT, ROLE: 'web', RATE_LIMITS: 'off' }
    const web = this.child('web', 'web.mjs', env, manner)
    await web.up(() => answers(`${url}/api/ready`))
    return Object.assign(web, { url })
  }

  async worker(database: Database): Promise<Child> {
    const worker = this.child('worker', 'worker.mjs', { ...database.env, ROLE: 'worker' })
    return worker.up(async () => {
      const [seen] = await database.owner`
        select 1 from pg_stat_activity where datname = current_database() and application_name = 'slotwise-jobs'`
      return seen !== undefined
    })
  }

  /** Ends what the last benches needed and the next do not. */
  async clear(): Promise<void> {
    this.#shared.clear()
    await Promise.all(this.#children.splice(0).map((child) => child.stop()))
    await closePools()
    for (const { name, owner } of this.#databases.splice(0)) {
      await owner.end({ timeout: 5 })
      await this.#admin?.unsafe(`drop database ${name} with (force)`)
    }
  }

  async close(): Promise<void> {
    try {
      await this.clear()
      await this.#admin?.end({ timeout: 5 })
    } finally {
      await this.#cluster?.stop()
      rmSync(this.dir, { recursive: true, force: true })
    }
  }
}

const answers = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    (answer) => answer.status === 200,
    () => false,
  )

/** The log of an installation as old as its retention: every partition that is kept, and those made ahead. */
async function everyPartition(owner: postgres.Sql): Promise<void> {
  await owner`select log_make_partitions(at) from generate_series(now() - interval '7 years', now(), interval '1 month') as at`
  await owner`select log_drop_partition(leaf) from log_expired_partitions()`
}
