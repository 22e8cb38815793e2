import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LiveClient } from './live-client'
import type { Hint } from './live-frames'

/** A server's far end of one stream. */
type Opened = {
  topics: string[]
  lastId: string | null
  tokens: string | null
  open: boolean
  say(text: string): void
  end(): void
}

let streams: Opened[] = []
let answer: (topics: string[]) => Response | 'network' | null = () => null
const clients: LiveClient[] = []

beforeEach(() => {
  streams = []
  answer = () => null
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const topics = (new URL(url, 'http://x').searchParams.get('topics') ?? '').split(',')
    const other = answer(topics)
    if (other === 'network') throw new TypeError('fetch failed')
    if (other) return other
    const headers = new Headers(init.headers)
    let controller: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({
      start(c) {
        controller = c
      },
      cancel() {
        stream.open = false
      },
    })
    const stream: Opened = {
      topics,
      lastId: headers.get('last-event-id'),
      tokens: headers.get('authorization'),
      open: true,
      say: (text) => controller.enqueue(new TextEncoder().encode(text)),
      end: () => {
        stream.open = false
        controller.close()
      },
    }
    init.signal?.addEventListener('abort', () => {
      if (!stream.open) return
      stream.open = false
      controller.error(new DOMException('aborted', 'AbortError'))
    })
    streams.push(stream)
    stream.say(`retry: 20\n: hello\n${stream.lastId ? '' : 'id: 1.1.1\n'}\n`)
    return new Response(body)
  })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.leave()
  await pause(20)
  vi.unstubAllGlobals()
})

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const live = () => streams.filter((s) => s.open)
const now = () => live().at(-1) as Opened
const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 3000, interval: 5 })

function tab() {
  const client = new LiveClient()
  clients.push(client)
  return client
}

/** What a component of a tab hears. */
function follow(client: LiveClient, ...topics: string[]) {
  const heard: (number | 'reset')[] = []
  const stop = client.subscribe({
    topics,
    onHint: (hint) => heard.push(hint.version),
    onReset: () => heard.push('reset'),
  })
  return { heard, stop }
}

const hint = (version: number, over: Partial<Hint> = {}) => {
  const said = { type: 'test.note.written.v1', aggregateId: 'n', version, topics: ['room:a'], ...over }
  return `id: 1.2.${version}\nevent: hint\ndata: ${JSON.stringify(said)}\n\n`
}

/** Frames cut in the middle arrive whole. */
const say = (text: string) => {
  now().say(text.slice(0, 17))
  now().say(text.slice(17))
}

describe('one tab', () => {
  test('follows what its components want, and catches up once when it begins to', async () => {
    const client = tab()
    const { heard } = follow(client, 'room:a')
    await waitFor(() => expect(heard).toEqual(['reset']))
    expect(client.status.status).toBe('live')
    say(hint(1) + hint(2))
    await waitFor(() => expect(heard).toEqual(['reset', 1, 2]))
  })

  test('tells only those who follow the topic, and each version once', async () => {
    const client = tab()
    const a = follow(client, 'room:a')
    const b = follow(client, 'room:b')
    await waitFor(() => expect(b.heard).toEqual(['reset']))
    client.hold('test.note', 'n', 2)
    say(hint(1) + hint(2) + hint(3) + hint(3) + hint(1, { type: 'test.other.written.v1' }))
    await waitFor(() => expect(a.heard).toEqual(['reset', 3, 1]))
    expect(b.heard).toEqual(['reset'])
  })

  test('wanting more opens anew from the last id; only what is new catches up; wanting less opens nothing', async () => {
    const client = tab()
    const a = follow(client, 'room:a')
    await waitFor(() => expect(a.heard).toEqual(['reset']))
    say(hint(1))
    await waitFor(() => expect(a.heard).toContain(1))
    const b = follow(client, 'room:b')
    await waitFor(() => expect(b.heard).toEqual(['reset']))
    expect(now()).toMatchObject({ topics: ['room:a', 'room:b'], lastId: '1.2.1' })
    b.stop()
    await pause(100)
    expect(streams).toHaveLength(2)
    expect(live()).toHaveLength(1)
    expect(a.heard).toEqual(['reset', 1])
    a.stop()
    await waitFor(() => expect(live()).toHaveLength(0))
  })

  test('a stream that ends is opened again from where it was, and that is not worth a word', async () => {
    const client = tab()
    const { heard } = follow(client, 'room:a')
    await waitFor(() => expect(heard).toEqual(['reset']))
    say(hint(1))
    await waitFor(() => expect(heard).toContain(1))
    const said = vi.fn()
    client.watch(said)
    now().end()
    await waitFor(() => expect(streams).toHaveLength(2))
    expect(now().lastId).toBe('1.2.1')
    say(hint(2))
    await waitFor(() => expect(heard).toEqual(['reset', 1, 2]))
    expect(said).not.toHaveBeenCalled()
  })

  test('a reset means that anything may have changed, also what was held', async () => {
    const client = tab()
    const { heard } = follow(client, 'room:a')
    await waitFor(() => expect(heard).toEqual(['reset']))
    say(hint(7))
    say('id: 2.1.1\nevent: reset\ndata: {"reason":"unknown"}\n\n')
    say(hint(1))
    await waitFor(() => expect(heard).toEqual(['reset', 7, 'reset', 1]))
  })

  test('a topic that is refused is left out; its own component is not live, the others are followed', async () => {
    const client = tab()
    answer = (topics) =>
      topics.includes('room:secret')
        ? Response.json({ topic: 'room:secret', code: 'not_found' }, { status: 404 })
        : null
    const secret = follow(client, 'room:secret')
    const a = follow(client, 'room:a')
    await waitFor(() => expect(a.heard).toEqual(['reset']))
    expect(now().topics).toEqual(['room:a'])
    expect(secret.heard).toEqual([])
    expect(client.status.status).toBe('polling')
    secret.stop()
    await waitFor(() => expect(client.status.status).toBe('live'))
  })

  test('tokens go along, never in the address', async () => {
    const client = tab()
    client.subscribe({ topics: ['appointment:x'], tokens: ['t1', 't2'], onHint: () => {}, onReset: () => {} })
    await waitFor(() => expect(live()).toHaveLength(1))
    expect(now().tokens).toBe('Bearer t1,t2')
  })
})

describe('without a stream', () => {
  afterEach(() => vi.useRealTimers())

  test('it asks every fifteen seconds, says that it does and since when, and stops when the stream is back', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
    const client = tab()
    answer = () => new Response('{}', { status: 503, headers: { 'retry-after': '30' } })
    const { heard } = follow(client, 'room:a')
    const begun = Date.now()
    await vi.advanceTimersByTimeAsync(31_000)
    expect(client.status).toEqual({ status: 'polling', since: expect.any(Number) })
    expect(client.status.since).toBeLessThanOrEqual(begun)
    expect(heard).toEqual(['reset', 'reset'])
    answer = () => null
    await vi.advanceTimersByTimeAsync(40_000)
    expect(client.status.status).toBe('live')
    const before = heard.length
    await vi.advanceTimersByTimeAsync(30_000)
    expect(heard).toHaveLength(before)
  })

  test('a stream on which not even pings come is not believed, and opened anew', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
    const client = tab()
    follow(client, 'room:a')
    await vi.advanceTimersByTimeAsync(200)
    expect(client.status.status).toBe('live')
    for (let n = 0; n < 6; n++) {
      now().say(`: ping\nid: 1.3.${n}\n\n`)
      await vi.advanceTimersByTimeAsync(15_000)
    }
    expect(streams).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(streams).toHaveLength(2)
    expect(now().lastId).toBe('1.3.5')
  })

  test('when nothing is reached it says offline', async () => {
    const client = tab()
    answer = () => 'network'
    follow(client, 'room:a')
    await waitFor(() => expect(client.status.status).toBe('offline'))
    answer = () => null
    await waitFor(() => expect(client.status.status).toBe('live'))
  })
})

describe('several tabs', () => {
  test('share one stream, which follows what all of them want', async () => {
    const [one, two] = [tab(), tab()]
    const a = follow(one, 'room:a')
    await waitFor(() => expect(a.heard).toEqual(['reset']))
    const b = follow(two, 'room:a', 'room:b')
    await waitFor(() => expect(b.heard).toEqual(['reset']))
    await waitFor(() => expect(now().topics).toEqual(['room:a', 'room:b']))
    expect(live()).toHaveLength(1)
    say(hint(1))
    await waitFor(() =>
      expect([a.heard, b.heard]).toEqual([
        ['reset', 1],
        ['reset', 1],
      ]),
    )
    expect([one.status.status, two.status.status]).toEqual(['live', 'live'])
  })

  test('a tab that wants nothing new joins without a second stream', async () => {
    const [one, two] = [tab(), tab()]
    const a = follow(one, 'room:a')
    await waitFor(() => expect(a.heard).toEqual(['reset']))
    const b = follow(two, 'room:a')
    await waitFor(() => expect(b.heard).toEqual(['reset']))
    expect(streams).toHaveLength(1)
    expect(a.heard).toEqual(['reset'])
  })

  test('when the leading tab goes, the next goes on from the last id: nothing lost, nothing twice', async () => {
    const [one, two, three] = [tab(), tab(), tab()]
    const a = follow(one, 'room:a')
    await waitFor(() => expect(a.heard).toEqual(['reset']))
    const b = follow(two, 'room:a')
    const c = follow(three, 'room:a')
    await waitFor(() => expect([b.heard, c.heard]).toEqual([['reset'], ['reset']]))
    say(hint(1))
    await waitFor(() => expect(c.heard).toEqual(['reset', 1]))
    one.leave()
    await waitFor(() => expect(live()).toHaveLength(1))
    await waitFor(() => expect(streams).toHaveLength(2))
    expect(now().lastId).toBe('1.2.1')
    say(hint(1) + hint(2))
    await waitFor(() =>
      expect([b.heard, c.heard]).toEqual([
        ['reset', 1, 2],
        ['reset', 1, 2],
      ]),
    )
    expect([two.status.status, three.status.status]).toEqual(['live', 'live'])
  })

  test('a leading tab that is frozen loses the lead to one that is not', async () => {
    const [one, two] = [tab(), tab()]
    const a = follow(one, 'room:a')
    await waitFor(() => expect(a.heard).toEqual(['reset']))
    const b = follow(two, 'room:a')
    await waitFor(() => expect(b.heard).toEqual(['reset']))
    const tabs = (two as unknown as { tabs: { seize(): void } }).tabs
    tabs.seize()
    await waitFor(() => expect(streams).toHaveLength(2))
    expect(live()).toHaveLength(1)
    say(hint(1))
    await waitFor(() =>
      expect([a.heard, b.heard]).toEqual([
        ['reset', 1],
        ['reset', 1],
      ]),
    )
  })

  test('where tabs cannot know of each other, each has its own', async () => {
    vi.stubGlobal('BroadcastChannel', undefined)
    const [one, two] = [tab(), tab()]
    const a = follow(one, 'room:a')
    const b = follow(two, 'room:b')
    await waitFor(() => expect([a.heard, b.heard]).toEqual([['reset'], ['reset']]))
    expect(live()).toHaveLength(2)
  })
})
