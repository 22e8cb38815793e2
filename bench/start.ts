import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@/db/embedded-host'
import { clean, heldBy, residentOf, root } from './lib/child'
import { type Bench, below, measure } from './lib/measure'
import type { Stage } from './lib/stage'
import { median, pause, until } from './lib/statistics'

const starts = 3
const restMs = 8000

export const start: Bench = {
  name: 'start',
  about:
    '`npm start` on an installed, built checkout with data from before, until the first page; `.memory`: what web, worker and supervisor hold together when nobody asks anything; `.summed`: the program that they share counted three times',
  floor: 'none',
  async run(stage) {
    await stage.clear()
    const env = { DATA_DIR: join(stage.dir, 'data'), PORT: String(await freePort()) }
    const first = await Started.begin(env)
    await first.stop()
    const times: number[] = []
    let memory = { held: 0, summed: 0 }
    for (let n = 1; n <= starts; n++) {
      const run = await Started.begin(env)
      times.push(run.ms)
      if (n === starts) memory = await atRest(run, stage)
      await run.stop()
    }
    return [
      measure('start', { value: median(times) / 1000, unit: 's', goal: below(5, 's') }),
      measure('start.memory', { value: memory.held / 1e6, unit: 'MB', goal: below(400, 'MB') }),
      measure('start.memory.summed', { value: memory.summed / 1e6, unit: 'MB' }),
    ]
  },
}

async function atRest(run: Started, stage: Stage): Promise<{ held: number; summed: number }> {
  await pause(restMs)
  const each = run.processes().map(({ name, pid }) => ({ name, pid, bytes: residentOf(pid) }))
  stage.say(each.map(({ name, bytes }) => `${name} ${Math.round(bytes / 1e6)} MB`).join(', '))
  return {
    held: heldBy(each.map(({ pid }) => pid)),
    summed: each.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

type Note = { pid: number; children: { name: string; pid: number }[] }

/** One `npm start`, from the command to the page. */
class Started {
  ms = 0
  #said = ''

  private constructor(
    private readonly env: { DATA_DIR: string; PORT: string },
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (this.#said += chunk))
  }

  static async begin(env: { DATA_DIR: string; PORT: string }): Promise<Started> {
    const began = performance.now()
    const child = spawn('npm', ['start'], { cwd: root, env: clean(env), stdio: ['ignore', 'pipe', 'pipe'] })
    const run = new Started(env, child)
    try {
      await until(() => run.#answers(), 180_000, 'the first page', 10)
    } catch (error) {
      await run.stop()
      throw new Error(`${(error as Error).message}; npm start said:\n${run.#said.slice(-2000)}`)
    }
    run.ms = performance.now() - began
    // Only one that is wholly up is stopped like a person would stop it.
    await until(() => run.#said.includes('is ready') || run.#ended(), 30_000, 'the screen')
    return run
  }

  async #answers(): Promise<boolean> {
    if (this.#ended()) throw new Error('npm start ended')
    const answer = await fetch(`http://127.0.0.1:${this.env.PORT}/`, {
      signal: AbortSignal.timeout(20_000),
    }).catch(() => null)
    return answer?.status === 200 && (await answer.text()).includes('</html>')
  }

  #ended = () => this.child.exitCode !== null || this.child.signalCode !== null

  processes(): { name: string; pid: number }[] {
    const { pid, children } = this.#note() ?? { pid: 0, children: [] }
    return [{ name: 'supervisor', pid }, ...children]
  }

  #note = (): Note | undefined => {
    const path = join(this.env.DATA_DIR, 'lock')
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Note) : undefined
  }

  /** Told like the supervisor is told by a terminal; it stops its database last. */
  async stop(): Promise<void> {
    const pid = this.#note()?.pid ?? this.child.pid
    if (pid && !this.#ended()) process.kill(pid, 'SIGTERM')
    await until(this.#ended, 60_000, 'npm start to stop')
  }
}
