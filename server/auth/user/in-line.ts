import { availableParallelism } from 'node:os'
import { refuse } from '@/server/core/errors'

/**
 * Hashing a password takes 32 MB and a thread of the four that files and names share too. A few at a time; the rest wait
 * before they take a connection; a crowd is sent away rather than left waiting.
 */
const atOnce = Math.min(3, Math.max(2, availableParallelism()))
const mostWaiting = 64

type Line = { running: number; waiting: (() => void)[] }

const line = (): Line => {
  const holder = globalThis as { __slotwise_password_line?: Line }
  holder.__slotwise_password_line ??= { running: 0, waiting: [] }
  return holder.__slotwise_password_line
}

export async function inLine<T>(work: () => Promise<T>): Promise<T> {
  const { waiting } = line()
  if (line().running >= atOnce) {
    if (waiting.length >= mostWaiting) refuse('unavailable', 'busy', { retryAfter: 5 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else line().running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else line().running--
  }
}
