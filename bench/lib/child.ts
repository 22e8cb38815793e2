import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Peer } from './rpc'
import { until } from './statistics'

export const root = process.cwd()

/** Of our own environment only what any program needs: a setting in the shell must not change what is measured. */
export function clean(env: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env
  return { NODE_ENV: 'production', PATH, HOME, NEXT_TELEMETRY_DISABLED: '1', ...env }
}

type Options = {
  /** A file under dist/. */
  file: string
  env: Record<string, string>
  log: string
  flags: readonly string[]
  /** Where to write a CPU profile when it ends. */
  profile?: string | null
}

/** A process that ends with ours, by its id. Its words go to a file, told when it fails. */
export class Child {
  readonly pid: number
  readonly peer: Peer
  readonly #process: ChildProcess
  #ended = false

  constructor(
    readonly name: string,
    private readonly options: Options,
  ) {
    const out = openSync(options.log, 'a')
    const profiling = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : []
    const args = [...options.flags, ...profiling, join(root, 'dist', options.file)]
    this.#process = spawn(process.execPath, args, {
      cwd: root,
      env: clean(options.env),
      stdio: ['ignore', out, out, 'ipc'],
      serialization: 'advanced',
    })
    closeSync(out)
    this.pid = this.#process.pid ?? 0
    this.peer = new Peer(this.#process)
    this.peer.ready.catch(() => {})
    this.#process.once('exit', () => {
      this.#ended = true
    })
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Waits until `holds`, unless it ends before. */
  async up(holds: () => Promise<boolean>, ms = 60_000): Promise<this> {
    try {
      await until(async () => this.#ended || (await holds()), ms, `the ${this.name}`)
    } catch (error) {
      throw new Error(`${(error as Error).message}${this.lastWords()}`)
    }
    if (this.#ended) throw new Error(`the ${this.name} ended at once${this.lastWords()}`)
    return this
  }

  async ready(): Promise<this> {
    await this.peer.ready.catch((error: Error) => {
      throw new Error(`the ${this.name}: ${error.message}${this.lastWords()}`)
    })
    return this
  }

  lastWords(): string {
    const said = readFileSync(this.options.log, 'utf8').trim().split('\n').slice(-15).join('\n')
    return said ? `; it said:\n${said}` : ''
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name)
  }

  async stop(): Promise<void> {
    if (this.#ended) return
    this.#process.kill('SIGTERM')
    await until(() => this.#ended, 15_000, `the ${this.name} to stop`, 20).catch(async () => {
      this.#process.kill('SIGKILL')
      await until(() => this.#ended, 5000, `the ${this.name} to end`, 20)
    })
  }
}

/** Resident bytes of a process. */
export function residentOf(pid: number): number {
  const kilobytes = onLinux
    ? /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(kilobytes ?? 0) * 1024
}

/** Bytes that processes hold together: what is each one's own, and once what they share, which is the program itself. */
export function heldBy(pids: readonly number[]): number {
  if (!onLinux) return pids.reduce((sum, pid) => sum + residentOf(pid), 0)
  const parts = pids.map((pid) => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
  const bytes = (part: string, kind: string) =>
    [...part.matchAll(new RegExp(`^${kind}_(?:Clean|Dirty):\\s+(\\d+) kB`, 'gm'))].reduce(
      (sum, [, kilobytes]) => sum + Number(kilobytes) * 1024,
      0,
    )
  const own = parts.reduce((sum, part) => sum + bytes(part, 'Private'), 0)
  return own + Math.max(0, ...parts.map((part) => bytes(part, 'Shared')))
}

/** Seconds of processor time that processes have used; not known to the hundredth elsewhere than on Linux. */
export const processorSeconds = (pids: readonly number[]): number =>
  onLinux ? pids.reduce((sum, pid) => sum + processorSecondsOf(pid), 0) : Number.NaN

function processorSecondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0 // it has ended meanwhile
  }
}

const onLinux = process.platform === 'linux'
