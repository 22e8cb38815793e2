/** The far end of a stream, for tests and benches: what a browser would make of the bytes. */
export type Heard = { id: string | null; event: string; data: Record<string, unknown> }

export class Listener {
  readonly heard: Heard[] = []
  /** As a browser keeps it: the newest id, also of frames without an event. */
  lastEventId: string | null = null
  comments = 0
  retryMs: number | null = null
  ended = false
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>
  private readonly listeners = new Set<() => void>()

  constructor(readonly response: Response) {
    if (!response.body) throw new Error('this answer has no body')
    this.reader = response.body.getReader()
    void this.read()
  }

  /** The first event that fits; fails after `ms`, or as soon as the stream has ended without it. */
  async until(fits: (heard: Heard) => boolean, ms = 5000): Promise<Heard> {
    await this.when(() => this.ended || this.heard.some(fits), ms)
    const found = this.heard.find(fits)
    if (!found) throw new Error(`the stream ended; it said ${this.heard.map((h) => h.event).join(', ')}`)
    return found
  }

  async untilEnded(ms = 5000): Promise<void> {
    await this.when(() => this.ended, ms)
  }

  async when(holds: () => boolean, ms = 5000): Promise<void> {
    const deadline = Date.now() + ms
    while (!holds()) {
      const left = deadline - Date.now()
      if (left <= 0)
        throw new Error(`not within ${ms} ms; it said ${this.heard.map((h) => h.event).join(', ')}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(next, left)
        const listeners = this.listeners
        function next() {
          clearTimeout(timer)
          listeners.delete(next)
          resolve()
        }
        listeners.add(next)
      })
    }
  }

  async close(): Promise<void> {
    await this.reader.cancel().catch(() => {})
    this.finish()
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder()
    let text = ''
    try {
      for (;;) {
        const { done, value } = await this.reader.read()
        if (done) break
        text += decoder.decode(value, { stream: true })
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) this.take(block)
        this.tell()
      }
    } catch {
      // The far end went away: for a listener, an end like any other.
    }
    this.finish()
  }

  private take(block: string): void {
    let event = ''
    let data = ''
    for (const line of block.split('\n')) {
      const at = line.indexOf(':')
      const field = line.slice(0, at)
      const value = line.slice(at + 1).trimStart()
      if (field === '') this.comments++
      else if (field === 'id') this.lastEventId = value
      else if (field === 'retry') this.retryMs = Number(value)
      else if (field === 'event') event = value
      else if (field === 'data') data = value
    }
    if (data)
      this.heard.push({ id: this.lastEventId, event, data: JSON.parse(data) as Record<string, unknown> })
  }

  private finish(): void {
    this.ended = true
    this.tell()
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener()
  }
}

/** `n` streams of one address, opened a few at a time. */
export async function openStreams(
  url: string,
  n: number,
  headers: Record<string, string> = {},
): Promise<Listener[]> {
  const open: Listener[] = []
  for (let at = 0; at < n; at += 25)
    open.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(25, n - at) }, async () => {
          const response = await fetch(url, { headers })
          if (response.status !== 200)
            throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
          return new Listener(response)
        }),
      )),
    )
  return open
}
