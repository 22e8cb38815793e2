import { type Connection, connect } from './live-connection'
import type { Hint } from './live-frames'

export type Wants = { topics: string[]; tokens: string[] }

/** To whoever leads, or from it. */
export type Message =
  | { kind: 'want'; tab: string; wants: Wants }
  | { kind: 'gone'; tab: string }
  | { kind: 'who' }
  | FromLeader

export type FromLeader =
  | { kind: 'open'; topics: string[]; resumed: boolean; id: string | null }
  | { kind: 'beat'; id: string | null }
  | { kind: 'hint'; hint: Hint }
  | { kind: 'reset' }
  | { kind: 'lost'; reachable: boolean }
  | { kind: 'refused'; topic: string }

const mostTopics = 20
const settleMs = 50
const forgetMs = 150_000
const censusMs = 60_000
const refusedMs = 300_000

/** Keeps the one stream for what all tabs want together. */
export class Leader {
  private readonly tabs = new Map<string, { wants: Wants; at: number }>()
  private readonly refused = new Map<string, number>()
  private connection: Connection | null = null
  private topics: string[] = []
  private tokens: string[] = []
  private open = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private askedAt = 0

  constructor(
    private lastId: string | null,
    private readonly tell: (message: Message) => void,
  ) {}

  wanted(tab: string, wants: Wants): void {
    const before = this.tabs.get(tab)?.wants.topics ?? []
    for (const topic of wants.topics) if (!before.includes(topic)) this.refused.delete(topic)
    this.tabs.delete(tab)
    this.tabs.set(tab, { wants, at: Date.now() })
    this.settle()
  }

  gone(tab: string): void {
    this.tabs.delete(tab)
    this.settle()
  }

  hurry(): void {
    this.connection?.hurry()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.connection?.close()
    this.connection = null
    this.topics = []
  }

  private settle(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.renew(), settleMs)
  }

  /** Opens anew only for more than is followed; from where the stream was, so that nothing is lost between. */
  private renew(): void {
    const now = Date.now()
    const all = [...this.tabs.values()].map((t) => t.wants)
    const wanted = new Set(
      all.flatMap((w) => w.topics).filter((t) => (this.refused.get(t) ?? 0) < now - refusedMs),
    )
    // What is followed goes before what came later: beyond the cap, the newest tab polls.
    const topics = [...new Set([...this.topics.filter((t) => wanted.has(t)), ...wanted])].slice(0, mostTopics)
    const tokens = [...new Set(all.flatMap((w) => w.tokens))].slice(0, mostTopics)
    if (topics.length === 0) {
      this.stop()
      return
    }
    const enough =
      topics.every((t) => this.topics.includes(t)) && tokens.every((t) => this.tokens.includes(t))
    if (this.connection && enough) {
      if (this.open) this.tell({ kind: 'open', topics: this.topics, resumed: true, id: this.lastId })
      return
    }
    this.stop()
    this.topics = topics
    this.tokens = tokens
    this.open = false
    this.connection = connect(
      { topics, tokens, lastId: this.lastId },
      {
        opened: () => {
          this.open = true
          this.tell({ kind: 'open', topics, resumed: this.lastId !== null, id: this.lastId })
        },
        beat: (id) => {
          this.lastId = id
          this.tell({ kind: 'beat', id })
          this.census()
        },
        hint: (hint) => this.tell({ kind: 'hint', hint }),
        reset: () => this.tell({ kind: 'reset' }),
        lost: (reachable) => {
          this.open = false
          this.tell({ kind: 'lost', reachable })
        },
        refused: (topic) => {
          this.refused.set(topic, Date.now())
          this.tell({ kind: 'refused', topic })
          this.stop()
          this.settle()
        },
      },
    )
  }

  /** Tabs that crashed did not say goodbye. */
  private census(): void {
    const now = Date.now()
    if (now - this.askedAt < censusMs) return
    this.askedAt = now
    for (const [tab, { at }] of this.tabs) if (now - at > forgetMs) this.tabs.delete(tab)
    this.tell({ kind: 'who' })
  }
}
