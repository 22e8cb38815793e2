import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { config } from '@/server/core/config'
import { closePools } from './client'
import { type Cluster, startCluster } from './embedded'
import { migrate } from './migrate'
import { testSecrets } from './testing-secrets'

export type Process = {
  name: string
  port: number
  url: string
  child: ChildProcess
  kill(): Promise<void>
  terminate(): Promise<number | null>
  restart(env?: Record<string, string>): Promise<void>
  log(): string
}

export type TestApp = {
  cluster: Cluster
  owner: postgres.Sql
  web: Process[]
  workers: Process[]
  close(): Promise<void>
}

type Shape = {
  /** By which name browsers call it; keys kept by devices need one, not a number. */
  host?: string
  web?: number
  workers?: number
  env?: Record<string, string>
  settings?: Record<string, string>
}

/** The real thing for a fault test: a server of its own, and the built web and worker as processes that may be killed. */
export async function startApp({
  host = '127.0.0.1',
  web = 1,
  workers = 1,
  env = {},
  settings = {},
}: Shape = {}): Promise<TestApp> {
  const dir = mkdtempSync(join(tmpdir(), 'slotwise-app-'))
  const cluster = await startCluster({ dir: join(dir, 'data'), settings })
  const shared = { ...testSecrets, DATABASE_URL: cluster.ownerUrl, RATE_LIMITS: 'off', ...env }
  Object.assign(process.env, shared)
  globalThis.__slotwise_config = undefined
  await closePools()
  config()
  await migrate({ url: cluster.ownerUrl })
  const all: Process[] = []
  const start = async (name: 'web' | 'worker', index: number) => {
    const port = name === 'web' ? await freePort() : 0
    const one = new Child(name, host, port, join(dir, `${name}-${index}.log`), {
      ...shared,
      ROLE: name,
      HOST: '127.0.0.1',
      PORT: String(port || 1),
      PUBLIC_URL: name === 'web' ? `http://${host}:${port}` : (all[0]?.url ?? `http://${host}:1`),
      // The framework knows two environments; only the worker has points to crash at.
      ...(name === 'web' ? { NODE_ENV: 'production' } : {}),
    })
    await one.start()
    all.push(one)
    return one
  }
  const owner = postgres(cluster.ownerUrl, { max: 2, onnotice: () => {} })
  const close = async () => {
    await Promise.all(all.map((p) => p.kill()))
    await owner.end({ timeout: 2 })
    await closePools()
    await cluster.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  try {
    const webs = []
    for (let i = 0; i < web; i++) webs.push(await start('web', i))
    const doers = []
    for (let i = 0; i < workers; i++) doers.push(await start('worker', i))
    return { cluster, owner, web: webs, workers: doers, close }
  } catch (error) {
    await close()
    throw error
  }
}

class Child implements Process {
  child!: ChildProcess
  readonly url: string
  private output = ''

  constructor(
    readonly name: 'web' | 'worker',
    host: string,
    readonly port: number,
    readonly logFile: string,
    private env: Record<string, string>,
  ) {
    this.url = `http://${host}:${port}`
  }

  log() {
    return this.output
  }

  async start() {
    const child = spawn(process.execPath, ['--enable-source-maps', join('dist', `${this.name}.mjs`)], {
      env: {
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '',
        ...this.env,
      } as unknown as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const keep = (chunk: Buffer) => {
      this.output = (this.output + chunk.toString()).slice(-20_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    this.child = child
    await (this.name === 'web' ? this.ready() : this.said('ready'))
  }

  private said(word: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.child.on('message', (message) => message === word && resolve())
      this.child.once('exit', () => reject(new Error(`${this.name} ended at once:\n${this.output}`)))
    })
  }

  private async ready() {
    for (const end = Date.now() + 60_000; ; ) {
      if (this.child.exitCode !== null) throw new Error(`${this.name} ended at once:\n${this.output}`)
      const ok = await fetch(`${this.url}/api/ready`).then(
        (r) => r.status < 600,
        () => false,
      )
      if (ok) return
      if (Date.now() > end) throw new Error(`${this.name} did not answer:\n${this.output}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  private gone(): Promise<number | null> {
    const { child } = this
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
    return new Promise((resolve) => child.once('exit', (code) => resolve(code)))
  }

  async kill() {
    const gone = this.gone()
    this.child.kill('SIGKILL')
    await gone
  }

  terminate() {
    const gone = this.gone()
    this.child.kill('SIGTERM')
    return gone
  }

  async restart(env: Record<string, string> = {}) {
    await this.kill()
    this.env = { ...this.env, ...env }
    await this.start()
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
