import { listenTo } from '@/db/client'
import { errorCode } from '../errors'
import { logger } from '../logger'
import { readerLag } from '../metrics'
import { Feed, type FeedRow, type Read } from './feed'
import { pokeChannel } from './poke'

const pollMs = 250
/** Between two reads, so that a burst of commits is read as a few pages rather than one by one. */
const restMs = 5
/** A query on a connection that died can stay unanswered. */
const readMs = 10_000

/** Reads the log as it grows: woken by a poke here, by a notification from elsewhere, by the clock when both are lost. */
export class Follower {
  readonly feed = new Feed()
  /** When the last reading that succeeded began. */
  readAt = 0
  private awake = false
  private wakeUp: (() => void) | null = null
  private unlisten: (() => Promise<void>) | null = null
  private stopped = false
  private running: Promise<void> = Promise.resolve()

  constructor(private readonly take: (read: Read) => void) {}

  start(): void {
    this.running = this.run()
  }

  wake(): void {
    this.awake = true
    this.wakeUp?.()
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.wake()
    await this.running
    await this.unlisten?.().catch(() => {})
  }

  private async run(): Promise<void> {
    let failures = 0
    while (!this.stopped) {
      this.awake = false
      try {
        await this.turn(failures > 0)
        failures = 0
      } catch (error) {
        failures++
        logger().warn({ reader: 'live', code: errorCode(error), err: error }, 'reader failed; trying again')
      }
      if (failures > 0) await this.rest(Math.min(5000, pollMs * 2 ** failures), false)
      else {
        await this.rest(restMs, false)
        await this.rest(pollMs, true)
      }
    }
  }

  private async turn(recovering: boolean): Promise<void> {
    const startedAt = Date.now()
    if (!this.feed.started) await this.feed.start()
    const read = await within(readMs, this.feed.read())
    this.take(read)
    this.readAt = startedAt
    lag(read.settled[0])
    // A LISTEN lost together with the server does not always come back with it.
    if (recovering || !this.unlisten) await this.listen()
  }

  private async listen(): Promise<void> {
    await this.unlisten?.().catch(() => {})
    const wake = () => this.wake()
    this.unlisten = await listenTo(pokeChannel, wake, wake)
  }

  private rest(ms: number, wakeable: boolean): Promise<void> {
    if (this.stopped || (wakeable && this.awake)) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.wakeUp = null
        resolve()
      }
      const timer = setTimeout(done, ms)
      timer.unref()
      this.wakeUp = () => {
        if (wakeable || this.stopped) done()
      }
    })
  }
}

function lag(oldest: FeedRow | undefined): void {
  if (oldest)
    readerLag.set({ reader: 'live' }, Math.max(0, (Date.now() - Date.parse(oldest.recorded_at)) / 1000))
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
    timer.unref()
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
