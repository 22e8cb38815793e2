import type { z } from 'zod'
import { appDb, type Tx } from '@/db/client'
import { type Admission, admit, type Call, enter } from './command'
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
