import type { ChildProcess } from 'node:child_process'

/** Questions to a child process, answered in any order. */
type Ask = { id: number; method: string; input: unknown }
type Answer = { id: number; result?: unknown; error?: string }

/** In the child: what it can be asked. The first message says that it is ready. */
export function serve(methods: Record<string, (input: never) => unknown>): void {
  process.on('message', async ({ id, method, input }: Ask) => {
    const answer: Answer = { id }
    try {
      const found = methods[method] as ((input: unknown) => unknown) | undefined
      if (!found) throw new Error(`no method ${method}`)
      answer.result = await found(input)
    } catch (error) {
      answer.error = error instanceof Error ? (error.stack ?? error.message) : String(error)
    }
    process.send?.(answer)
  })
  process.channel?.ref()
  process.send?.({ id: 0 })
}

/** In the parent. */
export class Peer {
  readonly ready: Promise<void>
  #last = 0
  #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()

  constructor(private readonly child: ChildProcess) {
    this.ready = new Promise((resolve, reject) => {
      this.#waiting.set(0, { resolve: () => resolve(), reject })
    })
    child.on('message', ({ id, result, error }: Answer) => {
      const one = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) one?.resolve(result)
      else one?.reject(new Error(error))
    })
    child.once('exit', (code, signal) => {
      for (const one of this.#waiting.values()) one.reject(new Error(`the process ended (${signal ?? code})`))
      this.#waiting.clear()
    })
  }

  ask<T>(method: string, input: unknown = null): Promise<T> {
    const id = ++this.#last
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
      this.child.send({ id, method, input } satisfies Ask, (error) => error && reject(error))
    })
  }
}
