import type { z } from 'zod'
import { appDb, type Tx } from '@/db/client'
import { type Call, enter, parse } from './command'
import { refuse } from './errors'
import { platformTenant } from './id'
import { judge, type Policy } from './policy'

type Definition<S extends z.ZodType, O> = {
  name: string
  input: S
  may: Policy
  tenant?: (input: z.output<S>) => Promise<string | null> | string | null
  resource?: (input: z.output<S>) => string
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
export function query<S extends z.ZodType, O>(definition: Definition<S, O>): Query<z.input<S>, O, z.output<S>> {
  return {
    kind: 'query',
    name: definition.name,
    input: definition.input as unknown as z.ZodType<z.output<S>, z.input<S>>,
    may: definition.may,
    execute: async (raw, call) => {
      if (judge(definition.may, call.actor, null, null) === 'unauthenticated') refuse('unauthenticated')
      const input = parse(definition.input, raw)
      const given = (input as { businessId?: unknown } | undefined)?.businessId
      const tenantId = definition.tenant
        ? await definition.tenant(input)
        : typeof given === 'string'
          ? given
          : platformTenant
      if (!tenantId) refuse('not_found')
      const verdict = judge(definition.may, call.actor, tenantId, definition.resource?.(input) ?? null)
      if (verdict !== 'allowed') refuse(verdict)
      return appDb().transaction(
        async (tx) => {
          await enter(tx, tenantId, call)
          return definition.run(tx, input, { call, tenantId })
        },
        { accessMode: 'read only' },
      )
    },
  }
}
