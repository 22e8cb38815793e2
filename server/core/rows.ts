import { and, eq } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Db, Tx } from '@/db/client'
import type { Kept, Named } from './fold'

/** How an aggregate's rows are read, to be held against its fold: of one, or of all that may be seen. */

export const is = (tenant: PgColumn, id: PgColumn, only?: Named) =>
  only && and(eq(tenant, only.tenantId), eq(id, only.id))

export const told = <R, S>(rows: R[], tell: (row: R) => Kept<S>): Kept<S>[] => rows.map(tell)

type Own = PgTable & { tenantId: PgColumn; id: PgColumn }

/** The rows of a noun that has a table of its own. */
export const all = async <T extends Own>(db: Db | Tx, t: T, only?: Named): Promise<T['$inferSelect'][]> =>
  db
    .select()
    .from(t as PgTable)
    .where(is(t.tenantId, t.id, only))
