import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { node24 } from './install.mjs'
import { root } from './paths.mjs'
import { identity, pause, signal, until } from './processes.mjs'

/** The default costs 100 MB at rest; with 2 MB, collecting garbage was a fifth of what the worker did under load. */
const YOUNG_MEGABYTES = 8

/** Else the C library keeps pools of memory for each of a dozen threads. */
const fewArenas = { MALLOC_ARENA_MAX: '2' }

/** How a process of the app is run. */
export const nodeFlags = [
  `--max-semi-space-size=${YOUNG_MEGABYTES}`,
  '--enable-source-maps',
  ...['--import', join(root, 'scripts', 'lib', 'with-parent.mjs')],
]
const FAST_DEATHS = 5
const FAST_MS = 15_000

/** One of ours that should run for as long as we do: started again when it dies, given up when that does not help. */
export class Child {
  #process
  #started = 0
  #deaths = 0
  #wanted = false
  #options

  /** `lifeline()` is handed down so that the database outlives its users; `onGiveUp(reason)` is called at most once. */
  constructor(name, options) {
    this.name = name
    this.#options = options
  }

  get pid() {
    return this.#process?.pid
  }

  start() {
    this.#wanted = true
    const { env, log, lifeline } = this.#options
    const out = log ? openLog(log) : 'inherit'
    const line = lifeline?.()
    const args = [...nodeFlags, join(root, 'dist', `${this.name}.mjs`)]
    this.#started = Date.now()
    // Away from our process group: Ctrl-C is for us, who stop things in order.
    const child = spawn(node24(), args, {
      ...{ cwd: root, env: { ...fewArenas, ...env }, detached: true },
      stdio: ['ignore', out, out, 'ipc', ...(line ? [line] : [])],
    })
    if (log) closeSync(out)
    this.#process = child
    child.once('error', () => {})
    child.once('exit', (code, killed) => this.#died(child, killed ?? `code ${code}`))
    this.#options.onStart?.({ name: this.name, pid: child.pid, born: identity(child.pid) })
  }

  #died(child, how) {
    if (this.#process !== child) return
    this.#process = undefined
    if (!this.#wanted) return
    this.#deaths = Date.now() - this.#started < FAST_MS ? this.#deaths + 1 : 1
    if (this.#deaths >= FAST_DEATHS) {
      this.#wanted = false
      this.#options.onGiveUp(
        `The ${this.name} ended ${this.#deaths} times in a row (${how}).${this.#lastWords()}`,
      )
      return
    }
    const delay = 250 * 2 ** (this.#deaths - 1)
    this.#options.say(`the ${this.name} ended unexpectedly (${how}); starting it again`)
    setTimeout(() => this.#wanted && !this.#process && this.start(), delay)
  }

  #lastWords() {
    const { log } = this.#options
    if (!log || !existsSync(log)) return ''
    return ` Its last words, from ${log}:\n\n${readFileSync(log, 'utf8').trim().split('\n').slice(-20).join('\n')}`
  }

  /** Asks, waits, insists. */
  async stop(ms) {
    this.#wanted = false
    const child = this.#process
    if (!child) return
    signal(child.pid, 'SIGTERM')
    if (await until(() => this.#process !== child, ms, 20)) return
    this.#options.say(`the ${this.name} did not stop within ${Math.round(ms / 1000)} s and was ended`)
    this.kill()
    await until(() => this.#process !== child, 5000, 20)
  }

  kill() {
    this.#wanted = false
    if (this.pid) signal(this.pid, 'SIGKILL')
  }

  async restart() {
    await this.stop(5000)
    this.#deaths = 0
    this.start()
    await pause(0)
  }
}

function openLog(path) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (existsSync(path) && statSync(path).size > 20_000_000) renameSync(path, `${path}.old`)
  return openSync(path, 'a', 0o600)
}
