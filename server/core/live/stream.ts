import type { Actor } from '../actor'
import type { Position } from '../events'
import { liveFrames } from '../metrics'
import type { LiveEvent, Render } from './event'
import { type Frame, joinFrames } from './frame'
import { comparePositions } from './position'
import type { Sink } from './sink'

export type Subscription = {
  topics: readonly string[]
  /** Everybody this stream speaks for: the person, and the bearer of each token. One of them must be let read. */
  viewers: readonly Actor[]
  /** The hub's `moment` before it was found out who they are. */
  since: number
  /** Whose streams are counted together. */
  countedAs: { name: string; most: number }
  render: Render
  /** Asks again who this is and whether they may still follow; refuses like the first time. */
  again: () => Promise<readonly Actor[]>
  lastEventId: string | null
}

const keptCap = 1000

/** One open connection. While paused it keeps what comes and judges it on resuming, by the rights it has then. */
export class Stream {
  viewers: readonly Actor[]
  readonly userId: string | null
  open = true
  /** The number of the last event offered, so that one with several of our topics goes out once. */
  offered = 0
  pingAt = 0
  checkAt = 0
  endsAt = 0
  private kept: LiveEvent[] = []
  private pauses = 0
  /** Everything up to here came by replay. */
  private replayedTo: Position | null = null

  constructor(
    readonly subscription: Subscription,
    private readonly sink: Sink,
  ) {
    this.viewers = subscription.viewers
    this.userId = userOf(subscription.viewers)
  }

  get paused(): boolean {
    return this.pauses > 0
  }

  pause(): void {
    this.pauses++
  }

  /** False when the reader cannot be asked to take all that came meanwhile. */
  resume(): boolean {
    this.pauses--
    if (this.paused) return true
    const kept = this.kept
    this.kept = []
    const frames = kept.map((event) => this.frameOf(event)).filter((frame) => frame !== null)
    if (frames.length === 0) return true
    liveFrames.inc(frames.length - 1)
    // As one piece, which takes one place in the queue.
    return this.write(joinFrames(frames))
  }

  /** False when the queue is full: the reader is too slow, or gone. */
  offer(event: LiveEvent): boolean {
    if (this.replayedTo && comparePositions(event.position, this.replayedTo) <= 0) return true
    if (this.paused) return this.kept.push(event) <= keptCap
    const frame = this.frameOf(event)
    return frame === null || this.write(frame)
  }

  /** What was missed goes before what came meanwhile, and nothing of it goes out twice. */
  replayed(events: readonly LiveEvent[], to: Position): void {
    this.replayedTo = to
    this.kept = [...events, ...this.kept.filter((event) => comparePositions(event.position, to) > 0)]
  }

  private frameOf(event: LiveEvent): Frame | null {
    return event.readableBy(this.viewers) ? event.frame(this.subscription.render) : null
  }

  write(frame: Frame): boolean {
    if (!this.open) return true
    if (!this.sink.write(frame)) return false
    liveFrames.inc()
    return true
  }

  /** The last word goes out after all that is queued; a reader that does not take it is cut off by `abandon`. */
  end(last?: Frame): void {
    if (!this.open) return
    this.close()
    this.sink.end(last)
  }

  /** Nobody reads any more. */
  close(): void {
    this.open = false
    this.kept = []
  }

  abandon(): void {
    this.sink.abandon()
  }
}

export const userOf = (viewers: readonly Actor[]): string | null => {
  for (const viewer of viewers) if (viewer.kind === 'user') return viewer.userId
  return null
}
