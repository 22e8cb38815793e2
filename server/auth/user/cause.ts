import { AsyncLocalStorage } from 'node:async_hooks'
import { newId } from '@/server/core/id'

/** What a change to a person belongs to. The library in between passes on neither this nor every fault it meets. */
export type Cause = { correlationId: string; traceparent: string | null; fault?: unknown }

/** On the global: the library is made once a process, and called from every bundle. */
const storage = (): AsyncLocalStorage<Cause> => {
  const holder = globalThis as { __slotwise_auth_cause?: AsyncLocalStorage<Cause> }
  holder.__slotwise_auth_cause ??= new AsyncLocalStorage()
  return holder.__slotwise_auth_cause
}

export const underCause = <T>(cause: Cause, work: () => Promise<T>): Promise<T> => storage().run(cause, work)

export const causeOfNow = (): Cause => storage().getStore() ?? { correlationId: newId(), traceparent: null }

/** Remembers the database's own error; drizzle's wrapping of it would carry addresses of people into the log. */
export function noteFault(error: unknown): void {
  const cause = storage().getStore()
  if (cause && !isAnswer(error)) cause.fault ??= error instanceof Error ? (error.cause ?? error) : error
}

/** The library refuses by throwing, too. */
export const isAnswer = (error: unknown): error is Error & { statusCode: number; body?: { code?: string } } =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
