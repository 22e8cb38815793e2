import type { Frame } from './frame'
import type { Sink } from './sink'

/** The far end of a stream: what a browser would make of its bytes. */
export type Heard = { id: string | null; event: string; data: Record<string, unknown> }

export class Listener implements Sink {
  readonly heard: Heard[] = []
  /** As a browser keeps it: the newest id, also of frames without an event. */
  lastEventId: string | null = null
  comments = 0
  retryMs: number | null = null
  ended = false
  /** How many frames it takes before it says that it is full. */
  room = Number.POSITIVE_INFINITY
  leave: () => void = () => {}
  private text = ''
  private readonly decoder = new TextDecoder()
  private readonly waiting = new Set<() => void>()

  /** Reads an answer as it arrives. */
  static of(response: Response): Listener {
    const listener = new Listener()
    const reader = response.body?.getReader()
    listener.leave = () => void reader?.cancel().catch(() => {})
    const read = async () => {
      for (;;) {
        const { done, value } = (await reader?.read()) ?? { done: true }
        if (done || !value) return listener.end()
        listener.write(value)
      }
    }
    read().catch(() => listener.end())
    return listener
  }

  write(frame: Frame): boolean {
    if (this.room <= 0) return false
    this.room--
    this.text += this.decoder.decode(frame, { stream: true })
    const blocks = this.text.split('\n\n')
    this.text = blocks.pop() ?? ''
    for (const block of blocks) this.take(block)
    this.tell()
    return true
  }

  end(last?: Frame): void {
    this.room = Number.POSITIVE_INFINITY
    if (last) this.write(last)
    this.ended = true
    this.tell()
  }

  abandon(): void {
    this.end()
  }

  /** The first event that fits; fails after `ms`, or as soon as the stream has ended without it. */
  async until(fits: (heard: Heard) => boolean, ms = 5000): Promise<Heard> {
    await this.when(() => this.ended || this.heard.some(fits), ms)
    const found = this.heard.find(fits)
    if (!found) throw new Error(`the stream ended; it said ${this.said()}`)
    return found
  }

  untilEnded(ms = 5000): Promise<void> {
    return this.when(() => this.ended, ms)
  }

  when(holds: () => boolean, ms = 5000): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = () => {
        this.waiting.delete(look)
        reject(new Error(`not within ${ms} ms; it said ${this.said()}`))
      }
      const timer = setTimeout(late, ms)
      const look = () => {
        if (!holds()) return
        clearTimeout(timer)
        this.waiting.delete(look)
        resolve()
      }
      this.waiting.add(look)
      look()
    })
  }

  private said(): string {
    return this.heard.map((h) => h.event).join(', ') || 'nothing'
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

  private tell(): void {
    for (const look of [...this.waiting]) look()
  }
}
