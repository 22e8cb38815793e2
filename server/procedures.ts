import type { AnyTRPCProcedure } from '@trpc/server'
import type { ProcedureMeta } from './procedure'
import { appRouter } from './router'

export type Listed = ProcedureMeta & { path: string; kind: 'query' | 'mutation' }

/** Every procedure there is, generated: what is new is covered on the day it is written. */
export function procedures(): Listed[] {
  const all = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>
  return Object.entries(all).map(([path, procedure]) => {
    const meta = procedure._def.meta as ProcedureMeta | undefined
    if (!meta) throw new Error(`${path} was not made by expose()`)
    return { ...meta, path, kind: procedure._def.type === 'query' ? 'query' : 'mutation' }
  })
}
