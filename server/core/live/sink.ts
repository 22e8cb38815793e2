import type { ServerResponse } from 'node:http'
import type { Frame } from './frame'

/** Where a stream's frames go. */
export interface Sink {
  /** False when the reader has more before it than it can be asked to take. */
  write(frame: Frame): boolean
  /** Once what is queued was taken. */
  end(last?: Frame): void
  /** Now, whatever is queued. */
  abandon(): void
}

/** Some 256 frames, beyond what the connection itself holds. */
const mostQueued = 128 * 1024

/** Straight into the answer: web streams and a framework between cost three times the memory, and the time. */
export class ResponseSink implements Sink {
  constructor(
    private readonly res: ServerResponse,
    private readonly headers: Record<string, string>,
  ) {}

  write(frame: Frame): boolean {
    if (!this.res.headersSent) this.res.writeHead(200, this.headers)
    if (this.res.writableLength > mostQueued) return false
    this.res.write(frame)
    return true
  }

  end(last?: Frame): void {
    this.res.end(last)
  }

  abandon(): void {
    if (!this.res.writableFinished) this.res.destroy()
  }
}
