import type { Db, Tx } from '@/db/client'

/** An aggregate as it stands after its newest event that was read. */
export type Standing = { tenantId: string; type: string; id: string; version: number; state: unknown }

/**
 * Rows made for reading, that follow from the states of some aggregates and from nothing else. They can be made anew
 * beside the ones in use; each making is a generation.
 */
export type Projection = {
  readonly name: string
  /** The types of aggregates it is made of. */
  readonly of: readonly string[]
  /** Brings the rows of one generation in line with what changed. */
  project(tx: Tx, changed: readonly Standing[], generation: number): Promise<void>
  /** Deletes some rows of a generation that is no longer read, and says how many. */
  discard(tx: Db | Tx, generation: number, atMost: number): Promise<number>
  /** All rows as they should be, and as they are: what checks compare. */
  expected(standings: readonly Standing[]): Record<string, unknown>[]
  actual(db: Db | Tx, generation: number): Promise<Record<string, unknown>[]>
}
