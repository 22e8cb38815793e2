import { frameReader, type Hint } from './live-frames'

export type Asked = {
  topics: readonly string[]
  /** Of links: they open the one thing that they are for. */
  tokens: readonly string[]
  lastId: string | null
}

export type Heard = {
  opened(): void
  /** Bytes came, if only a ping's: the stream is alive. */
  beat(lastId: string | null): void
  hint(hint: Hint): void
  /** What was missed is not known: everything may have changed. */
  reset(): void
  lost(reachable: boolean): void
  refused(topic: string): void
}

export type Connection = { close(): void; hurry(): void }

const silentMs = 40_000
const longestWaitMs = 30_000

/**
 * One stream, opened again whenever it ends. Read with fetch rather than EventSource: it sees pings, so that a dead
 * connection is noticed; it sees why a topic is refused; it can bring tokens without writing them into addresses.
 */
export function connect({ topics, tokens, lastId }: Asked, heard: Heard): Connection {
  let closed = false
  let retryMs = 2000
  let failures = 0
  let current = new AbortController()
  let wakeUp = () => {}

  async function once(): Promise<number> {
    current = new AbortController()
    const headers: Record<string, string> = { accept: 'text/event-stream' }
    if (lastId) headers['last-event-id'] = lastId
    if (tokens.length > 0) headers.authorization = `Bearer ${tokens.join()}`
    const address = `/api/live?topics=${topics.map(encodeURIComponent).join()}`
    const answer = await fetch(address, { headers, signal: current.signal, cache: 'no-store' })
    if (answer.status === 200 && answer.body) {
      heard.opened()
      failures = 0
      await read(answer.body)
      return retryMs
    }
    const problem = (await answer.json().catch(() => ({}))) as { topic?: string }
    if (problem.topic) heard.refused(problem.topic)
    return Number(answer.headers.get('retry-after')) * 1000 || backOff()
  }

  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    const take = frameReader(
      (name, data) => {
        if (name === 'hint') heard.hint(JSON.parse(data) as Hint)
        else if (name === 'reset') heard.reset()
      },
      (id) => {
        lastId = id
      },
    )
    const reader = body.getReader()
    const decoder = new TextDecoder()
    for (;;) {
      const silence = setTimeout(() => current.abort(), silentMs)
      const { done, value } = await reader.read().finally(() => clearTimeout(silence))
      if (done || closed) return
      const text = decoder.decode(value, { stream: true })
      const retry = /^retry: (\d+)/.exec(text)?.[1]
      if (retry) retryMs = Number(retry)
      take(text)
      heard.beat(lastId)
    }
  }

  const backOff = () => Math.min(longestWaitMs, retryMs * 2 ** failures++ * (0.5 + Math.random() / 2))

  async function run(): Promise<void> {
    while (!closed) {
      let reachable = true
      let wait: number
      try {
        wait = await once()
      } catch (error) {
        reachable = !(error instanceof TypeError)
        wait = backOff()
      }
      if (closed) return
      heard.lost(reachable)
      await new Promise<void>((resolve) => {
        wakeUp = resolve
        setTimeout(resolve, wait)
      })
    }
  }

  void run()
  return {
    close() {
      closed = true
      current.abort()
      wakeUp()
    },
    hurry: () => wakeUp(),
  }
}
