import type { Tx } from '@/db/client'
import type { Call } from '@/server/core/command'
import type { Data, DefinedEvent, EventDefinition, StoredEvent } from '@/server/core/events'

type Base = { name: string; retryLimit: number; retryDelaySeconds: number; retryDelayMaxSeconds: number }

/** Calls one verb. The verb's transaction, the inbox row and the job's completion are one. */
export type Reaction = Base & { kind: 'reaction'; run(event: StoredEvent, call: Call): Promise<unknown> }

/** Writes rows of its own and appends nothing, so many may share a transaction. */
export type Effect = Base & { kind: 'effect'; run(tx: Tx, event: StoredEvent): Promise<void> }

/** Takes several transactions, each idempotent; remembered as handled when the last is done. */
export type Workflow = Base & {
  kind: 'workflow'
  run(event: StoredEvent, call: Call, attempt: { last: boolean }): Promise<unknown>
}

/** Calls one verb in the transaction that also remembers the event as handled. */
type Recording = (call: Call) => Promise<unknown>

/**
 * Calls the outside, under a key of the outside's own that makes a repeated call harmless, and outside every transaction.
 * What it returns then records the outcome (null: there was nothing to do); a crash between the two costs one more call
 * with the same key.
 */
export type External = Base & {
  kind: 'external'
  run(event: StoredEvent, call: Call, which: { attempt: number; last: boolean }): Promise<Recording | null>
  /** After the last attempt, before the dead letter. */
  giveUp(event: StoredEvent, error: unknown, call: Call): Promise<unknown>
}

export type Handler = Reaction | Effect | Workflow | External

const defaults = { retryLimit: 8, retryDelaySeconds: 2, retryDelayMaxSeconds: 900 }

type Retry = Partial<Omit<Base, 'name'>>

export const reaction = (name: string, run: Reaction['run'], retry: Retry = {}): Reaction => ({
  kind: 'reaction',
  name,
  run,
  ...defaults,
  ...retry,
})

export const effect = (name: string, run: Effect['run'], retry: Retry = {}): Effect => ({
  kind: 'effect',
  name,
  run,
  ...defaults,
  ...retry,
})

export const workflowHandler = (name: string, run: Workflow['run'], retry: Retry = {}): Workflow => ({
  kind: 'workflow',
  name,
  run,
  ...defaults,
  ...retry,
})

export const external = (
  name: string,
  steps: Pick<External, 'run' | 'giveUp'>,
  retry: Retry = {},
): External => ({ kind: 'external', name, ...steps, ...defaults, ...retry })

export type Subscription = {
  type: string
  handler: Handler
  /** A timer: handled not before this instant. It re-checks the state it wakes to, so being late is harmless. */
  at: ((event: StoredEvent) => string) | null
  /** Which of them concern the handler, by the payload as it is stored: what is private in it is sealed. */
  only: ((data: Record<string, unknown>) => boolean) | null
}

// biome-ignore lint/suspicious/noExplicitAny: the payload's type is the event's own
type AnyDefined = DefinedEvent<string, any>

/** One line a consequence: when this happened, that handler runs; `at` makes it a timer. */
export function when<E extends AnyDefined>(
  definition: E,
  handler: Handler,
  options: { at?: (event: StoredEvent<Data<E>>) => string; only?: (data: Data<E>) => boolean } = {},
): Subscription {
  return {
    type: (definition as EventDefinition).type,
    handler,
    at: (options.at as ((event: StoredEvent) => string) | undefined) ?? null,
    only: (options.only as Subscription['only'] | undefined) ?? null,
  }
}
