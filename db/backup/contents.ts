import { createHash } from 'node:crypto'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type postgres from 'postgres'
import { z } from 'zod'
import { config } from '@/server/core/config'

export const format = 1

const name = z.string().max(130)
const table = z.object({ name, columns: z.array(z.string()).min(1) })

/** What a backup says of itself before its rows … */
export const headerSchema = z.object({
  format: z.int(),
  takenAt: z.iso.datetime(),
  /** The hashes of the migrations that had been applied, in order. */
  migrations: z.array(z.string()),
  jobsVersion: z.int(),
  systemIdentifier: z.string(),
  /** Which key its sealed fields need; not the key. */
  keyFingerprint: z.string(),
  tables: z.array(table),
  /** The beginnings of the log's partitions. */
  periods: z.array(z.string()),
  sequences: z.record(z.string(), z.object({ value: z.string(), called: z.boolean() })),
})
/** … and after them. */
export const manifestSchema = z.object({
  header: z.string(),
  tables: z.record(z.string(), z.object({ rows: z.int(), bytes: z.int(), sha256: z.string() })),
})

export type Header = z.infer<typeof headerSchema>
export type Manifest = z.infer<typeof manifestSchema>
export type Table = z.infer<typeof table>

/** Of no use elsewhere: what was migrated, counts of requests, and the job queue's notes about itself. */
const leftOut = [
  'public.schema_migration',
  'public.rate_count',
  'pgboss.version',
  'pgboss.bam',
  'pgboss.warning',
  'pgboss.queue_stats',
]

export const fingerprint = (): string =>
  createHash('sha256').update('slotwise backup\n').update(config().ENCRYPTION_KEY).digest('base64url')

export const migrationsOf = (folder: string): string[] =>
  readMigrationFiles({ migrationsFolder: folder }).map((file) => file.hash)

/** What is kept, those that others refer to first. Partitions go by their parents; generated columns make themselves. */
export async function tablesOf(sql: postgres.Sql | postgres.TransactionSql): Promise<Table[]> {
  const rows = await sql<(Table & { refers: string[] })[]>`
    select format('%s.%s', n.nspname, c.relname) as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select distinct format('%s.%s', rn.nspname, r.relname) from pg_constraint f
        join pg_class r on r.oid = f.confrelid join pg_namespace rn on rn.oid = r.relnamespace
        where f.contype = 'f' and f.confrelid <> c.oid
          and (f.conrelid = c.oid or f.conrelid in (select relid from pg_partition_tree(c.oid)))) as refers
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'auth', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition
      and format('%s.%s', n.nspname, c.relname) <> all(${leftOut})
    order by 1`
  const sorted: Table[] = []
  let rest = [...rows]
  while (rest.length > 0) {
    const waiting = new Set(rest.map((row) => row.name))
    const ready = rest.filter((row) => !row.refers.some((other) => waiting.has(other)))
    if (ready.length === 0)
      throw new Error(`Tables refer to each other in a circle: ${[...waiting].join(', ')}`)
    sorted.push(...ready.map(({ name, columns }) => ({ name, columns })))
    rest = rest.filter((row) => !ready.includes(row))
  }
  return sorted
}

export const quoted = (names: string): string =>
  names
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.')
