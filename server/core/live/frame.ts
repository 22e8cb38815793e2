import type { Position } from '../events'
import { formatPosition } from './position'

/** Bytes of the event-stream format. Made once, shared by every stream they are written to. */
export type Frame = Uint8Array

const encoder = new TextEncoder()

/** JSON has no line breaks, so one `data:` line holds it. */
export const eventFrame = (name: string, data: unknown, at: Position): Frame =>
  encoder.encode(`id: ${formatPosition(at)}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`)

/** Carries no event, yet moves the reader's last event id: a quiet stream need not read a busy log again. */
const silent = (comment: string, at: Position): string => `: ${comment}\nid: ${formatPosition(at)}\n\n`

export const pingFrame = (at: Position): Frame => encoder.encode(silent('ping', at))

/** `at` is null while the stream still owes what came since the reader's own last id. */
export const helloFrame = (retryMs: number, at: Position | null): Frame =>
  encoder.encode(`retry: ${Math.round(retryMs)}\n${at ? silent('hello', at) : ': hello\n\n'}`)

export type ResetReason = 'unknown' | 'expired' | 'behind' | 'restarted'

export const resetFrame = (reason: ResetReason, at: Position): Frame => eventFrame('reset', { reason }, at)

export const byeFrame: Frame = encoder.encode('event: bye\ndata: {}\n\n')

export function joinFrames(frames: readonly Frame[]): Frame {
  const joined = new Uint8Array(frames.reduce((n, f) => n + f.length, 0))
  let at = 0
  for (const frame of frames) {
    joined.set(frame, at)
    at += frame.length
  }
  return joined
}
