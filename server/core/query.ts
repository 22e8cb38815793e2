import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { appDb, type Tx } from '@/db/client'
import { type Admission, admit, type Call } from './command'
import { refuse } from './errors'
import { allSettled, sent } from './pipeline'
import type { Policy } from './policy'

type Definition<S extends z.ZodType, O> = Admission<S> & {
  name: string
  run: (tx: Tx, input: z.output<S>, context: { call: Call; tenantId: string }) => Promise<O>
}

export type Query<I = unknown, O = unknown, P = unknown> = {
  readonly kind: 'query'
  readonly name: string
  readonly input: z.ZodType<P, I>
  readonly may: Policy
  execute(input: I, call: Call): Promise<O>
}

/** A read under the same policy and the same row-level security as a command. */
export function query<S extends z.ZodType, O>(
  definition: Definition<S, O>,
): Query<z.input<S>, O, z.output<S>> {
  return {
    kind: 'query',
    name: definition.name,
    input: definition.input as unknown as z.ZodType<z.output<S>, z.input<S>>,
    may: definition.may,
    execute: async (raw, given) => {
      const { input, tenantId, call } = await admit(definition, raw, given)
      const userId = call.actor.kind === 'user' ? call.actor.userId : ''
      return reading({ tenantId, userId }, (tx) => definition.run(tx, input, { call, tenantId }))
    },
  }
}

/** Reads as a tenant's, as a person, or as both. What is read is asked for without waiting for that to be settled. */
export const reading = <T>(
  { tenantId = '', userId = '' }: { tenantId?: string; userId?: string },
  read: (tx: Tx) => Promise<T>,
): Promise<T> =>
  appDb().transaction(async (tx) => {
    const entered = sent(
      tx.execute(sql`
        select set_config('transaction_read_only', 'on', true),
               set_config('app.tenant', ${tenantId}, true), set_config('app.user', ${userId}, true)`),
    )
    const [, found] = await allSettled([entered, read(tx)])
    return found
  })

/** For handlers, which are nobody's request, and for pages that anybody may see. */
export const inTenant = <T>(tenantId: string, read: (tx: Tx) => Promise<T>): Promise<T> =>
  reading({ tenantId }, read)

/** Whoever asks, where only somebody signed in may. */
export const personOf = ({ actor }: Pick<Call, 'actor'>): string =>
  actor.kind === 'user' ? actor.userId : refuse('unauthenticated')

/**
 * What several tenants show to themselves only, each asked as itself. A person's own rows are read before: after this the
 * transaction stands in the last of these tenants.
 */
export async function insideEach<T>(
  tx: Tx,
  tenantIds: Iterable<string>,
  read: (tenantId: string) => Promise<T>,
): Promise<Map<string, T>> {
  const found = new Map<string, T>()
  for (const tenantId of new Set(tenantIds)) {
    await tx.execute(sql`select set_config('app.tenant', ${tenantId}, true)`)
    found.set(tenantId, await read(tenantId))
  }
  return found
}
