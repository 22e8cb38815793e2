import type { Hint } from './live-frames'
import { type FromLeader, Leader, type Message, type Wants } from './live-leader'
import { joinTabs, type Tabs } from './live-tabs'

export type LiveStatus = { status: 'live' | 'polling' | 'offline'; since: number }

export type Subscriber = {
  topics: readonly string[]
  /** Of links, for topics that only their bearer may follow. */
  tokens?: readonly string[]
  onHint(hint: Hint): void
  /** Anything may have changed: the stream was not there, or time to look because it is not there. */
  onReset(): void
}

const silentMs = 40_000
/** A stream that ends is opened again at once: not worth a word. */
const graceMs = 8000
const seizeMs = 60_000
const pollMs = 15_000

/** A tab's part in the one stream of its browser profile: what it wants, what it hears, and whether it can be trusted. */
export class LiveClient {
  private readonly subscribers = new Set<Subscriber>()
  private readonly watchers = new Set<() => void>()
  private readonly versions = new Map<string, number>()
  private readonly tab = Math.random().toString(36).slice(2)
  private tabs: Tabs<Message> | null = null
  private covered = new Set<string>()
  private lastId: string | null = null
  private heardAt = 0
  private polledAt = 0
  /** Until when no news is no news. */
  private trusted = 0
  private reachable = true
  private current: LiveStatus = { status: 'polling', since: Date.now() }
  private timer: ReturnType<typeof setInterval> | undefined
  private leading: Leader | null = null

  subscribe(subscriber: Subscriber): () => void {
    this.subscribers.add(subscriber)
    this.join()
    this.announce()
    return () => {
      this.subscribers.delete(subscriber)
      this.announce()
    }
  }

  get status(): LiveStatus {
    return this.current
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  /** This version is shown already, by the answer to a change of one's own perhaps: its hint brings no news. */
  hold(aggregate: string, id: string, version: number): boolean {
    const name = `${aggregate} ${id}`
    if ((this.versions.get(name) ?? 0) >= version) return false
    if (this.versions.size > 5000) this.versions.clear()
    this.versions.set(name, version)
    return true
  }

  private wants(): Wants {
    const all = [...this.subscribers]
    return {
      topics: [...new Set(all.flatMap((s) => s.topics))],
      tokens: [...new Set(all.flatMap((s) => s.tokens ?? []))],
    }
  }

  private join(): void {
    if (this.tabs) return
    this.tabs = joinTabs<Message>('slotwise-live', {
      message: (message) => this.receive(message),
      lead: () => this.lead(),
      follow: () => this.follow(),
    })
    this.heardAt = this.polledAt = Date.now()
    this.timer = setInterval(() => this.tick(), 5000)
    globalThis.addEventListener?.('pagehide', this.leave)
    globalThis.addEventListener?.('pageshow', this.back)
    for (const event of ['online', 'offline', 'visibilitychange'])
      globalThis.addEventListener?.(event, this.look, { capture: true })
  }

  /** A page kept for the way back must not keep the lead. */
  readonly leave = (): void => {
    this.post({ kind: 'gone', tab: this.tab })
    clearInterval(this.timer)
    this.tabs?.leave()
    this.tabs = null
    this.trusted = 0
    this.covered.clear()
  }

  private readonly back = (event: PageTransitionEvent): void => {
    if (!event.persisted || this.subscribers.size === 0) return
    this.join()
    this.announce()
  }

  private readonly look = (): void => {
    if (!hidden()) this.leading?.hurry()
    this.tick()
  }

  private announce(): void {
    this.tell({ kind: 'want', tab: this.tab, wants: this.wants() })
  }

  private post(message: Message): void {
    this.tabs?.post(message)
  }

  /** To all tabs, this one among them. */
  private tell(message: Message): void {
    this.post(message)
    this.receive(message)
  }

  private lead(): void {
    this.leading = new Leader(this.lastId, (message) => this.tell(message))
    this.leading.wanted(this.tab, this.wants())
    this.post({ kind: 'who' })
  }

  private follow(): void {
    this.leading?.stop()
    this.leading = null
  }

  private receive(message: Message): void {
    if (message.kind === 'want') this.leading?.wanted(message.tab, message.wants)
    else if (message.kind === 'gone') this.leading?.gone(message.tab)
    else if (message.kind === 'who') this.announce()
    else this.hear(message)
  }

  private hear(message: FromLeader): void {
    const now = Date.now()
    this.heardAt = now
    if (message.kind === 'lost') {
      this.reachable = message.reachable
      this.trusted = Math.min(this.trusted, now + graceMs)
    } else {
      this.reachable = true
      this.trusted = now + silentMs
    }
    if (message.kind === 'open' || message.kind === 'beat') this.lastId = message.id ?? this.lastId
    if (message.kind === 'open') this.cover(message)
    else if (message.kind === 'hint') this.pass(message.hint)
    else if (message.kind === 'refused') this.covered.delete(message.topic)
    else if (message.kind === 'reset') {
      this.versions.clear()
      this.reset(() => true)
    }
    this.judge()
  }

  /** What was not followed until now may have changed since it was read. */
  private cover({ topics, resumed }: { topics: string[]; resumed: boolean }): void {
    const before = resumed ? this.covered : new Set()
    this.covered = new Set(topics)
    this.reset((s) => s.topics.some((topic) => this.covered.has(topic) && !before.has(topic)))
  }

  private pass(hint: Hint): void {
    const aggregate = hint.type.split('.', 2).join('.')
    if (!this.hold(aggregate, hint.aggregateId, hint.version)) return
    for (const subscriber of this.subscribers)
      if (subscriber.topics.some((topic) => hint.topics.includes(topic))) subscriber.onHint(hint)
  }

  private reset(concerned: (subscriber: Subscriber) => boolean): void {
    for (const subscriber of this.subscribers) if (concerned(subscriber)) subscriber.onReset()
  }

  private judge(): void {
    const now = Date.now()
    const trusted = now < this.trusted
    const offline = globalThis.navigator?.onLine === false || !(this.reachable || trusted)
    const followed = this.wants().topics.every((topic) => this.covered.has(topic))
    const status = offline ? 'offline' : trusted && followed ? 'live' : 'polling'
    if (status === this.current.status) return
    this.current = { status, since: now }
    this.polledAt = now
    for (const watcher of this.watchers) watcher()
  }

  private tick(): void {
    const now = Date.now()
    this.judge()
    if (this.subscribers.size === 0) return
    if (!this.leading && now - this.heardAt > seizeMs * (1 + Math.random())) {
      this.heardAt = now
      this.tabs?.seize()
    }
    if (this.current.status === 'live' || now - this.polledAt < pollMs || hidden()) return
    this.polledAt = now
    this.reset(() => true)
  }
}

const hidden = () => globalThis.document?.visibilityState === 'hidden'
