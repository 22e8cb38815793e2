import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Child } from './child.mjs'
import { claim } from './claim.mjs'
import { embeddedEnvironment, keepUp, startDatabase } from './database.mjs'
import { node24 } from './install.mjs'
import { root } from './paths.mjs'
import { localAddress, requirePort } from './port.mjs'
import { isSame, launchers, pause, run, until } from './processes.mjs'
import { step, Trouble, warn } from './screen.mjs'
import { watch } from './watch.mjs'
import { welcome } from './welcome.mjs'

class Stopped extends Error {}

/** Database first and last, web and worker between. What dies is started again, or everything stops with a reason. */
export class Supervisor {
  #options
  #env
  #lock
  #cluster
  #watching
  #children = []
  #notes = {}
  #command = new AbortController()
  #work
  #stoppedAt
  #failure
  #end

  constructor(options) {
    this.#options = options
    this.#env = options.env
  }

  /** Resolves with the exit code once everything has stopped. */
  async run() {
    const ended = new Promise((resolve) => {
      this.#end = resolve
    })
    this.#lock = await claim(this.#options)
    this.#listen()
    this.#work = this.#bringUp().catch((error) => {
      if (!(error instanceof Stopped)) this.#giveUp(error)
    })
    await ended
    if (this.#failure) throw this.#failure
    return 0
  }

  async #bringUp() {
    const { config, dev, dir, embedded, started } = this.#options
    if (config.ROLE !== 'worker') await requirePort(config.HOST, config.PORT)
    if (embedded) await this.#step('starting the database', () => this.#startDatabase())
    await this.#step('bringing the database up to date', () => this.#cli('migrate'))
    const demo = config.DEMO ?? embedded
    const seeded = embedded && existsSync(join(dir, 'demo.json'))
    if (demo && !seeded) await this.#step('filling in the demo world (once)', () => this.#cli('seed'))
    this.#startChildren()
    if (dev)
      this.#watching = await watch((name) => this.#children.find((child) => child.name === name)?.restart())
    await this.#step('waiting for the first answer', () => this.#ready())
    this.#lock.update({ state: 'running' })
    const logs = this.#children.map(({ name }) => this.#logOf(name)).filter(Boolean)
    console.log(welcome({ config, cluster: this.#cluster, dir, demo, logs, started, dev }))
  }

  async #step(label, work) {
    if (this.#stoppedAt) throw new Stopped()
    await step(label, work)
    if (this.#stoppedAt) throw new Stopped()
  }

  async #startDatabase() {
    const { dir } = this.#options
    this.#cluster = await startDatabase(dir)
    keepUp(this.#cluster, { say: warn, onGiveUp: (reason) => this.#giveUp(new Trouble(reason)) })
    this.#env = await embeddedEnvironment(this.#env, dir, this.#cluster.ownerUrl)
  }

  async #cli(command) {
    const options = { cwd: root, env: this.#env, signal: this.#command.signal }
    const { code, output } = await run(
      node24(),
      ['--enable-source-maps', join(root, 'dist', 'cli.mjs'), command],
      options,
    )
    if (this.#stoppedAt) throw new Stopped()
    if (code !== 0) throw new Trouble(`The command ${command} did not succeed:\n\n${output.trim()}`)
  }

  #startChildren() {
    const { config, embedded } = this.#options
    const { ROLE, DEMO = embedded } = config
    const names = ROLE === 'all' ? ['web', 'worker'] : [ROLE]
    this.#children = names.map(
      (name) =>
        new Child(name, {
          env: { ...this.#env, ROLE: name, DEMO: String(DEMO) },
          log: this.#logOf(name),
          lifeline: () => this.#cluster?.lifeline,
          say: warn,
          onStart: (note) => {
            this.#notes[name] = note
            this.#lock.update({ children: Object.values(this.#notes) })
          },
          onGiveUp: (reason) => this.#giveUp(new Trouble(reason)),
        }),
    )
    for (const child of this.#children) child.start()
  }

  /** Beside the data they tell of; a deployment with a database of its own wants them on its output. */
  #logOf(name) {
    const { dev, dir, embedded } = this.#options
    return embedded && !dev ? join(dir, 'logs', `${name}.log`) : undefined
  }

  async #ready() {
    const { HOST, PORT, ROLE } = this.#options.config
    if (ROLE === 'worker') return pause(1000)
    let said = 'no answer'
    const answers = async () => {
      const options = { signal: AbortSignal.timeout(10_000), redirect: 'manual' }
      const answer = await fetch(`${localAddress(HOST, PORT)}/api/ready`, options).catch(() => undefined)
      if (answer) said = `${answer.status} ${(await answer.text().catch(() => '')).slice(0, 500)}`
      return Boolean(this.#stoppedAt) || answer?.status === 200
    }
    if (!(await until(answers, 90_000)))
      throw new Trouble(`The app did not become ready. /api/ready says: ${said}`)
  }

  #listen() {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => this.#told())
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
    process.on('uncaughtException', (error) => this.#giveUp(error))
    const started = launchers()
    const every = process.platform === 'linux' ? 500 : 3000
    setInterval(() => started.every(isSame) || this.#stop(), every).unref()
  }

  /** A terminal sends Ctrl-C to everyone in it and npm passes it on, so only a later one is a second one. */
  #told() {
    if (!this.#stoppedAt) {
      console.log(
        `\n  Stopping: finishing what is under way${this.#cluster ? ', then the database' : ''}. (Ctrl-C again to hurry)`,
      )
      void this.#stop()
    } else if (Date.now() - this.#stoppedAt > 1000) for (const child of this.#children) child.kill()
  }

  #giveUp(error) {
    this.#failure ??= error
    void this.#stop()
  }

  async #stop() {
    if (this.#stoppedAt) return
    this.#stoppedAt = Date.now()
    this.#lock.update({ state: 'stopping' })
    this.#command.abort()
    const patience = (this.#options.config.DRAIN_SECONDS + 5) * 1000
    await Promise.all([this.#watching?.(), ...this.#children.map((child) => child.stop(patience))])
    await this.#work
    await this.#cluster?.stop().catch((error) => {
      this.#failure ??= error
    })
    this.#lock.release()
    this.#end()
  }
}
