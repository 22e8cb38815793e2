import type { ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import postgres from 'postgres'
import {
  binaries,
  databaseUser,
  freePort,
  isAlive,
  processesIn,
  readPostmaster,
  spawnAs,
  type User,
  until,
} from './embedded-host'
import { secretsIn } from './embedded-secrets'

export { secretsIn }

export interface ClusterOptions {
  /** The folder that holds `pg/` (the data), `secrets` and `postgres.log`. */
  dir: string
  port?: number
  /** Server settings that differ from ours, such as `{ fsync: 'off' }` for throw-away clusters. */
  settings?: Record<string, string>
}

export interface Cluster {
  readonly port: number
  /** The superuser, on database `postgres`: for bootstrap and tests only. */
  readonly adminUrl: string
  /** `slotwise_owner`, who owns database `slotwise` and may create roles. */
  readonly ownerUrl: string
  /** Children that inherit this hold the database up: it stops when the last holder is gone, however they went. */
  readonly lifeline: Writable | null
  start(): Promise<void>
  stop(): Promise<void>
  /** SIGKILL to the server and all its processes, as a power cut would. */
  kill(): Promise<void>
  /** Called when the server ends without having been asked to. */
  onCrash(listener: () => void): void
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '512MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Details repeat rows, and rows are people.
  log_error_verbosity: 'terse',
  log_line_prefix: '%m [%p] %q%u@%d ',
}

/** The server under a shell that ends it when its standard input closes: nothing of ours need survive to stop it. */
const WATCH = `exec 3<&0 </dev/null
"$@" 3<&- & server=$!
(read -r _ <&3; kill -INT "$server") 2>/dev/null & reader=$!
exec 3<&-
wait "$server"; code=$?
kill "$reader" 2>/dev/null
exit "$code"`

/** Starts PostgreSQL in `dir`, creating it on first use. Stops what a lost run may have left there; the caller owns the folder. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const dir = resolve(options.dir)
  mkdirSync(dir, { recursive: true, mode: 0o711 })
  const tools = binaries()
  if (process.getuid?.() === 0) chmodSync(dir, statSync(dir).mode | 0o011)
  const user = databaseUser([tools.postgres, dir])
  const place = { dir, data: join(dir, 'pg'), log: join(dir, 'postgres.log'), user, ...tools }
  const secrets = secretsIn(dir)
  if (!existsSync(place.data))
    await initialise(place, secrets.DATABASE_ADMIN_PASSWORD, options.settings?.fsync === 'off')
  const port = options.port ?? (await freePort())
  const admin = url('postgres', secrets.DATABASE_ADMIN_PASSWORD, port, 'postgres')
  const owner = url('slotwise_owner', secrets.DATABASE_OWNER_PASSWORD, port, 'slotwise')
  const cluster = new Server(place, { ...SETTINGS, ...options.settings, port: String(port) }, admin, owner)
  await cluster.start()
  try {
    await bootstrap(cluster.adminUrl, secrets.DATABASE_OWNER_PASSWORD)
  } catch (error) {
    await cluster.stop()
    throw error
  }
  return cluster
}

const url = (role: string, password: string, port: number, database: string) =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}`

/** The owner's address of a database that another process runs in `dir`, while it is ready. */
export function runningOwnerUrl(dir: string): string | undefined {
  const data = join(resolve(dir), 'pg')
  const note = readPostmaster(data)
  if (!note?.ready || processesIn(data).length === 0) return undefined
  return url('slotwise_owner', secretsIn(dir).DATABASE_OWNER_PASSWORD, note.port, 'slotwise')
}

interface Place {
  dir: string
  data: string
  log: string
  user: User
  initdb: string
  postgres: string
}

class Server implements Cluster {
  lifeline: Writable | null = null
  private child: ChildProcess | null = null
  private expected = false
  private crashed: (() => void)[] = []

  constructor(
    private readonly place: Place,
    private readonly settings: Record<string, string>,
    readonly adminUrl: string,
    readonly ownerUrl: string,
  ) {}

  get port() {
    return Number(this.settings.port)
  }

  onCrash(listener: () => void) {
    this.crashed.push(listener)
  }

  async start() {
    const { data, log, user } = this.place
    await clearAway(data)
    const stale = readPostmaster(data)?.run
    const flags = Object.entries(this.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const said = openLog(log)
    const shell = ['/bin/sh', '-c', WATCH, 'sh', this.place.postgres, '-D', data, ...flags]
    const child = spawnAs(user, shell, ['pipe', said, said], this.place.dir)
    closeSync(said)
    this.expected = false
    this.child = child
    this.lifeline = child.stdin
    child.stdin?.on('error', () => {})
    child.once('exit', () => this.ended(child))
    const noted = statSync(log).size
    const up = () => {
      const note = readPostmaster(data)
      return note?.ready === true && note.run !== stale
    }
    await until(() => up() || child.exitCode !== null, 60_000)
    if (up() && child.exitCode === null) return
    await this.stop()
    throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8').slice(noted).trim()}\n(${log})`)
  }

  private ended(child: ChildProcess) {
    if (this.child !== child) return
    this.child = null
    this.lifeline = null
    if (!this.expected) for (const listener of this.crashed) listener()
  }

  async stop() {
    this.expected = true
    this.lifeline?.write('stop\n')
    await this.gone(30_000, 'SIGQUIT')
  }

  async kill() {
    this.expected = true
    for (const pid of processesIn(this.place.data)) signal(pid, 'SIGKILL')
    await this.gone(10_000, 'SIGKILL')
  }

  private async gone(ms: number, then: NodeJS.Signals) {
    const { data } = this.place
    const empty = () => this.child === null && processesIn(data).length === 0
    if (await until(empty, ms)) return
    for (const pid of processesIn(data)) signal(pid, then)
    if (!(await until(empty, 10_000))) throw new Error(`PostgreSQL in ${data} does not stop.`)
  }
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // gone already, which is what was wanted
  }
}

/** A lost run's server stops by itself within moments; one that does not is asked, then told. */
async function clearAway(data: string) {
  const clear = () => processesIn(data).length === 0
  for (const [name, ms] of [
    [undefined, 3000],
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5000],
  ] as const) {
    const postmaster = readPostmaster(data)?.pid
    const told = name === 'SIGKILL' || !postmaster ? processesIn(data) : [postmaster]
    if (clear()) break
    if (name) for (const pid of told) signal(pid, name)
    if (await until(clear, ms)) break
  }
  const note = readPostmaster(data)
  // The number in a stale note may by now belong to a stranger, which would make the server refuse to start.
  if (note && isAlive(note.pid) && clear()) rmSync(join(data, 'postmaster.pid'))
}

function openLog(path: string): number {
  const tooLong = existsSync(path) && statSync(path).size > 20_000_000
  if (tooLong) renameSync(path, `${path}.old`)
  return openSync(path, 'a', 0o600)
}

/** Made beside its place and moved there whole, so that an interrupted first start leaves nothing half-made. */
async function initialise({ dir, data, log, user, initdb }: Place, password: string, throwAway: boolean) {
  const fresh = join(dir, 'pg.new')
  const passwordFile = join(dir, 'pg.password')
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  for (const path of [fresh, passwordFile])
    if (user.uid !== undefined) chownSync(path, user.uid, user.gid ?? 0)
  const said = openLog(log)
  try {
    const child = spawnAs(
      user,
      [
        initdb,
        ...[
          '-D',
          fresh,
          '--username=postgres',
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
        ],
        ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions'],
        ...(throwAway ? ['--no-sync'] : []),
      ],
      ['ignore', said, said],
      dir,
    )
    const code = await new Promise((done, fail) => child.once('error', fail).once('exit', done))
    if (code !== 0)
      throw new Error(
        `PostgreSQL could not create ${data}:\n${readFileSync(log, 'utf8').slice(-2000).trim()}`,
      )
    renameSync(fresh, data)
  } finally {
    closeSync(said)
    rmSync(passwordFile, { force: true })
  }
}

function explained(error: { code?: string }): never {
  if (error.code !== '28P01') throw error
  throw new Error(
    'The secrets in DATA_DIR/secrets are not those that the database beside them was made with. Put the old ones back. ' +
      'To restore a backup into a new folder, copy `secrets` there first, before anything is started.',
  )
}

/** The least that only a superuser can do; everything else belongs to the migrations. Safe to repeat. */
async function bootstrap(adminUrl: string, ownerPassword: string) {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    const [role] = await admin`select 1 from pg_roles where rolname = 'slotwise_owner'`.catch(explained)
    const attributes = 'login createrole nosuperuser nobypassrls nocreatedb'
    if (!role) await admin.unsafe(`create role slotwise_owner ${attributes} password '${ownerPassword}'`)
    const [database] = await admin`select 1 from pg_database where datname = 'slotwise'`
    if (!database) await admin`create database slotwise owner slotwise_owner`
  } finally {
    await admin.end()
  }
  const url = new URL(adminUrl)
  url.pathname = '/slotwise'
  const inside = postgres(url.href, { max: 1, onnotice: () => {} })
  try {
    await inside`create extension if not exists btree_gist`
  } finally {
    await inside.end()
  }
}
