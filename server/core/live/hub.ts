import { config } from '../config'
import { errorCode, isRefusal, refuse } from '../errors'
import type { Position } from '../events'
import { onShutdown, shuttingDown } from '../lifecycle'
import { logger } from '../logger'
import { liveResets, rateLimited } from '../metrics'
import { LiveEvent } from './event'
import type { FeedRow, Read } from './feed'
import { Follower } from './follower'
import { byeFrame, type Frame, helloFrame, pingFrame, type ResetReason, resetFrame } from './frame'
import { onPoke } from './poke'
import { missedSince, type ReplayLimits } from './replay'
import { Roster } from './roster'
import type { Sink } from './sink'
import { Stamps } from './stamps'
import { Stream, type Subscription } from './stream'

export type LiveLimits = {
  streams: number
  pingMs: number
  checkMs: number
  maxAgeMs: number
  /** How long a reader that was told goodbye may take its last frames. */
  lingerMs: number
  replay: ReplayLimits
}

export const liveLimits: LiveLimits = {
  streams: 20_000,
  pingMs: 15_000,
  checkMs: 60_000,
  maxAgeMs: 15 * 60_000,
  lingerMs: 10_000,
  replay: { mostEvents: 500, mostScanned: 20_000, withinHours: 24 },
}

const tickMs = 1000
const jitter = (ms: number) => ms * (0.8 + Math.random() * 0.2)
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Follows the log once for the whole process, and tells open streams and caches what changed. */
export class Hub {
  private readonly follower = new Follower((read) => this.take(read))
  private readonly stamps = new Stamps()
  private readonly roster = new Roster()
  /** Ended, but their readers may still take what is queued. */
  private readonly leaving = new Map<Stream, number>()
  private readonly undo: (() => void)[] = []
  private readonly watchers = new Map<string, (topic: string) => void>()
  private offered = 0
  private stopped = false

  constructor(private readonly limits: LiveLimits = liveLimits) {}

  start(): this {
    const ticker = setInterval(() => this.tick(Date.now()), tickMs)
    ticker.unref()
    this.follower.start()
    this.undo.push(
      () => clearInterval(ticker),
      onPoke((topics) => this.poked(topics)),
      onShutdown(() => this.stop()),
    )
    return this
  }

  async stop(): Promise<void> {
    this.stopped = true
    for (const stream of this.roster) this.end(stream, byeFrame)
    for (const undo of this.undo.splice(0)) undo()
    await this.follower.stop()
  }

  /** Rises whenever something with this topic happened: equal stamps, nothing happened. */
  stamp(topic: string): number {
    return this.stamps.of(topic)
  }

  /** Everything committed by then, in whichever process, shows in the stamps. */
  freshAsOf(): number {
    return this.follower.readAt
  }

  moment(): number {
    return this.stamps.now
  }

  /** Told of the topics of every event, wherever it was raised, before streams are. A name has one watcher. */
  watch(name: string, watcher: (topic: string) => void): void {
    this.watchers.set(name, watcher)
  }

  get size(): number {
    return this.roster.size
  }

  private get position(): Position {
    return this.follower.feed.position
  }

  /** Opens a stream whose topics its caller has authorised. Returns what to call when its reader goes away. */
  async follow(subscription: Subscription, sink: Sink): Promise<() => void> {
    await this.ready()
    const stream = this.admit(subscription, sink)
    const { lastEventId, since } = subscription
    stream.write(helloFrame(1000 + Math.random() * 2000, lastEventId === null ? this.position : null))
    if (lastEventId !== null) void this.catchUp(stream, lastEventId)
    if (stream.userId && this.stamp(`user:${stream.userId}`) > since) void this.checkNow(stream)
    return () => {
      stream.close()
      this.roster.remove(stream)
      this.leaving.delete(stream)
    }
  }

  private async ready(): Promise<void> {
    for (let waited = 0; this.follower.readAt === 0 && waited < 3000 && !this.stopped; waited += 10)
      await pause(10)
    const away = this.follower.readAt === 0 || this.stopped || shuttingDown()
    if (away || this.roster.size >= this.limits.streams)
      refuse('unavailable', 'unavailable', { retryAfter: 2 })
  }

  private admit(subscription: Subscription, sink: Sink): Stream {
    const { name, most } = subscription.countedAs
    if (this.roster.counted(name) >= most && config().RATE_LIMITS === 'on') {
      rateLimited.inc({ limit: 'streams' })
      refuse('rate_limited', 'rate_limited', { retryAfter: 15, limit: most })
    }
    const now = Date.now()
    const stream = new Stream(subscription, sink)
    stream.pingAt = now + jitter(this.limits.pingMs)
    stream.checkAt = now + jitter(this.limits.checkMs)
    stream.endsAt = now + jitter(this.limits.maxAgeMs)
    this.roster.add(stream)
    return stream
  }

  private end(stream: Stream, last?: Frame): void {
    stream.end(last)
    this.roster.remove(stream)
    this.leaving.set(stream, Date.now() + this.limits.lingerMs)
  }

  private overflow(stream: Stream): void {
    if (!stream.open) return
    liveResets.inc({ reason: 'slow' })
    this.end(stream, resetFrame('behind', this.position))
  }

  private reset(stream: Stream, reason: ResetReason): void {
    liveResets.inc({ reason })
    if (!stream.write(resetFrame(reason, this.position))) this.overflow(stream)
  }

  /** What the reader missed, from the log; or word that it must start over. What comes meanwhile waits behind it. */
  private async catchUp(stream: Stream, lastEventId: string): Promise<void> {
    stream.pause()
    const missed = await missedSince(
      lastEventId,
      stream.subscription.topics,
      this.follower.feed,
      this.limits.replay,
    )
    if ('reset' in missed) {
      stream.replayed([], this.position)
      this.reset(stream, missed.reset)
    } else stream.replayed(missed.events, missed.to)
    if (!stream.resume()) this.overflow(stream)
  }

  private poked(topics: readonly string[]): void {
    for (const topic of topics) this.touch(topic)
    this.follower.wake()
  }

  private take({ seen, settled, lost }: Read): void {
    for (const row of seen) for (const topic of row.topics) this.touch(topic)
    if (lost) {
      this.stamps.bumpAll()
      for (const stream of this.roster) this.reset(stream, 'restarted')
    }
    for (const row of settled) this.deliver(row)
  }

  private touch(topic: string): void {
    this.stamps.bump(topic)
    for (const told of this.watchers.values()) told(topic)
    if (topic.startsWith('user:'))
      for (const stream of this.roster.of(topic.slice(5))) void this.checkNow(stream)
  }

  private deliver(row: FeedRow): void {
    const event = this.roster.follows(row.topics) ? LiveEvent.of(row) : null
    if (!event) return
    this.offered++
    for (const topic of row.topics)
      for (const stream of this.roster.following(topic)) {
        if (stream.offered === this.offered) continue
        stream.offered = this.offered
        if (!stream.offer(event)) this.overflow(stream)
      }
  }

  /** Something about this person changed, their rights perhaps: nothing goes out until they have been asked for anew. */
  private async checkNow(stream: Stream): Promise<void> {
    stream.pause()
    for (let attempt = 1; stream.open && !(await this.check(stream)); attempt++) {
      if (attempt === 4) return this.end(stream)
      await pause(1000)
    }
    if (!stream.resume()) this.overflow(stream)
  }

  /** False when it could not be found out. */
  private async check(stream: Stream): Promise<boolean> {
    try {
      stream.viewers = await stream.subscription.again()
      return true
    } catch (error) {
      const refused = isRefusal(error) && error.kind !== 'unavailable'
      if (refused) this.end(stream)
      else
        logger().warn({ code: errorCode(error), err: error }, 'the rights of a stream could not be checked')
      return refused
    }
  }

  private tick(now: number): void {
    const ping = pingFrame(this.position)
    for (const stream of this.roster) {
      if (now >= stream.endsAt) this.end(stream)
      else if (now >= stream.checkAt) {
        stream.checkAt = now + this.limits.checkMs
        void this.check(stream)
      }
      if (now < stream.pingAt || stream.paused) continue
      stream.pingAt = now + this.limits.pingMs
      if (!stream.write(ping)) this.overflow(stream)
    }
    for (const [stream, until] of this.leaving) {
      if (now < until) continue
      stream.abandon()
      this.leaving.delete(stream)
    }
  }
}

type Shared = { __slotwise_hub?: Hub }

/** The process's one hub; started when first asked for. */
export function hub(): Hub {
  const holder = globalThis as Shared
  holder.__slotwise_hub ??= new Hub().start()
  return holder.__slotwise_hub
}

export async function stopHub(): Promise<void> {
  const holder = globalThis as Shared
  await holder.__slotwise_hub?.stop()
  holder.__slotwise_hub = undefined
}
