import { createHash, type Hash } from 'node:crypto'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import postgres from 'postgres'
import type { z } from 'zod'
import { migrate } from '../migrate'
import { DamagedArchive, readArchive } from './archive'
import {
  fingerprint,
  format,
  type Header,
  headerSchema,
  type Manifest,
  manifestSchema,
  migrationsOf,
  quoted,
  tablesOf,
} from './contents'

export type PutBack = { takenAt: string; rows: number; epoch: number; migrated: number }

/** What stands in the way, in words for whoever runs it. Nothing was changed. */
export class RestoreRefused extends Error {}

/** Puts a backup into an empty database, all of it or nothing, and brings that to this version's shape. */
export async function restore(
  ownerUrl: string,
  file: string,
  folder = join(process.cwd(), 'db', 'migrations'),
): Promise<PutBack> {
  const { header, manifest } = await verify(file)
  refuseForeign(header, folder)
  await withSql(ownerUrl, (sql) => refuseUnlessEmpty(sql, header))
  await migrate({ url: ownerUrl, folder, only: header.migrations.length })
  await withSql(ownerUrl, async (sql) => {
    await refuseOtherShape(sql, header)
    await sql.begin((tx) => load(tx, file, header, manifest))
    await sql`analyze`
  })
  const { applied, epoch } = await migrate({ url: ownerUrl, folder })
  const rows = Object.values(manifest.tables).reduce((all, table) => all + table.rows, 0)
  return { takenAt: header.takenAt, rows, epoch, migrated: applied }
}

async function withSql<T>(url: string, run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { TimeZone: 'UTC' } })
  try {
    return await run(sql)
  } finally {
    await sql.end()
  }
}

/** Reads the whole file before anything is touched: it is complete, and every byte is as it was written. */
async function verify(file: string): Promise<{ header: Header; manifest: Manifest }> {
  let header: Header | undefined
  let manifest: Manifest | undefined
  let headerSum = ''
  const sums = new Map<string, Hash>()
  for await (const { name, data } of readArchive(file)) {
    if (manifest) throw new DamagedArchive(`${file} goes on after its end.`)
    if (!header) {
      if (name !== 'header.json') throw new DamagedArchive(`${file} is no backup of SlotWise.`)
      header = understood(headerSchema, data, file)
      headerSum = createHash('sha256').update(data).digest('hex')
      for (const table of header.tables) sums.set(table.name, createHash('sha256'))
    } else if (name === 'manifest.json') manifest = understood(manifestSchema, data, file)
    else {
      const sum = sums.get(tableOf(name))
      if (!sum) throw new DamagedArchive(`${file} has an entry ${name} that nobody announced.`)
      sum.update(data)
    }
  }
  if (!header || !manifest) throw new DamagedArchive(`${file} ends in the middle.`)
  if (headerSum !== manifest.header) throw new DamagedArchive(`${file} is damaged in its header.`)
  for (const [name, sum] of sums)
    if (manifest.tables[name]?.sha256 !== sum.digest('hex'))
      throw new DamagedArchive(`${file} is damaged in the rows of ${name}.`)
  return { header, manifest }
}

const tableOf = (entry: string): string => entry.split('/')[1] ?? ''

function understood<S extends z.ZodType>(schema: S, data: Buffer, file: string): z.output<S> {
  const json = parseJson(data)
  const made = (json as { format?: unknown } | null)?.format
  if (typeof made === 'number' && made > format)
    throw new RestoreRefused(`${file} was written by a newer version of SlotWise. Restore it with that one.`)
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new DamagedArchive(`${file} is damaged: it does not describe itself.`)
  return parsed.data
}

function parseJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString())
  } catch {
    return null
  }
}

function refuseForeign(header: Header, folder: string): void {
  const ours = migrationsOf(folder)
  if (header.migrations.length > ours.length)
    throw new RestoreRefused(
      'The backup comes from a newer version of SlotWise. Restore it with that one, or a newer one.',
    )
  const odd = header.migrations.findIndex((hash, id) => hash !== ours[id])
  if (odd >= 0)
    throw new RestoreRefused(
      `The backup comes from a build whose migration ${odd} differs from this one's. Restore it with the build that made it.`,
    )
  if (header.keyFingerprint !== fingerprint())
    throw new RestoreRefused(
      'The backup was sealed with another ENCRYPTION_KEY. Give this installation the secrets of the one it comes from: without them no name in it could be read.',
    )
}

/** Half-made by an earlier try is empty still; anything of anybody's is not. */
async function refuseUnlessEmpty(sql: postgres.Sql, header: Header): Promise<void> {
  const made = ['public.log_epoch', 'pgboss.queue']
  for (const { name } of await tablesOf(sql)) {
    if (made.includes(name)) continue
    const [row] = await sql.unsafe(`select 1 from ${quoted(name)} limit 1`)
    if (row)
      throw new RestoreRefused(
        `The database is not empty: there are rows in ${name}. Restore into an empty one.`,
      )
  }
  const [known] = await sql<
    { there: boolean }[]
  >`select to_regclass('public.schema_migration') is not null as there`
  if (!known?.there) return
  const [applied] = await sql<{ n: number }[]>`select count(*)::int as n from schema_migration`
  if ((applied?.n ?? 0) > header.migrations.length)
    throw new RestoreRefused(
      'The database has newer tables than the backup. Restore into a database without any.',
    )
}

async function refuseOtherShape(sql: postgres.Sql, header: Header): Promise<void> {
  const [jobs] = await sql<{ version: number }[]>`select version from pgboss.version`
  if (jobs?.version !== header.jobsVersion)
    throw new RestoreRefused(
      `The backup has version ${header.jobsVersion} of the job queue's tables, this build makes ${jobs?.version}. Restore it with the version of SlotWise that made it, then upgrade.`,
    )
  const shape = (tables: Header['tables']) =>
    tables.map((t) => `${t.name}(${[...t.columns].sort().join(', ')})`).sort()
  const [theirs, ours] = [shape(header.tables), shape(await tablesOf(sql))]
  const odd = [...theirs.filter((t) => !ours.includes(t)), ...ours.filter((t) => !theirs.includes(t))]
  if (odd.length > 0) throw new RestoreRefused(`The backup and this build disagree about ${odd.join('; ')}.`)
}

async function load(
  tx: postgres.TransactionSql,
  file: string,
  header: Header,
  manifest: Manifest,
): Promise<void> {
  for (const period of header.periods) await tx`select log_make_partitions(${period}::timestamptz)`
  const forced = await tx<{ name: string }[]>`
    select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relforcerowsecurity and n.nspname in ('public', 'auth', 'pgboss') and not c.relispartition`
  await tx.unsafe(`truncate ${header.tables.map((t) => quoted(t.name)).join(', ')}`)
  // COPY does not go through policies; its owner is above them for as long as they are not forced.
  for (const { name } of forced) await tx.unsafe(`alter table ${quoted(name)} no force row level security`)
  await copyIn(tx, file, header)
  for (const { name } of header.tables) {
    const [count] = await tx.unsafe<{ n: string }[]>(`select count(*)::text as n from ${quoted(name)}`)
    if (Number(count?.n) !== manifest.tables[name]?.rows)
      throw new Error(
        `${name} has ${count?.n} of its ${manifest.tables[name]?.rows} rows; nothing was restored.`,
      )
  }
  await tx`set constraints all immediate`
  for (const { name } of forced) await tx.unsafe(`alter table ${quoted(name)} force row level security`)
  for (const [name, { value, called }] of Object.entries(header.sequences))
    await tx`select setval(${quoted(name)}::regclass, ${value}::bigint, ${called})`
  const [last] = await tx<{ epoch: number }[]>`select max(epoch) as epoch from log_epoch`
  if (last) await tx.unsafe(`alter table event_log alter column epoch set default ${Number(last.epoch)}`)
  await letGo(tx)
}

/** Whoever worked on these jobs is not here: they begin again, and the inbox knows which were done. */
const letGo = (tx: postgres.TransactionSql) => tx`
  update pgboss.job set state = 'created', started_on = null, heartbeat_on = null, start_after = least(start_after, now())
  where state = 'active'`

/** The file holds the tables in an order in which each refers only to those before it. */
async function copyIn(tx: postgres.TransactionSql, file: string, header: Header): Promise<void> {
  const columns = new Map(header.tables.map((t) => [t.name, t.columns.map(quoted).join(', ')]))
  let current = ''
  let into: Into | null = null
  for await (const { name, data } of readArchive(file)) {
    if (!name.startsWith('data/')) continue
    const table = tableOf(name)
    if (table !== current || !into) {
      await into?.end()
      into = await openCopy(tx, `copy ${quoted(table)} (${columns.get(table)}) from stdin`)
      current = table
    }
    await into.write(data)
  }
  await into?.end()
}

type Into = { write(data: Buffer): Promise<void>; end(): Promise<void> }

async function openCopy(tx: postgres.TransactionSql, statement: string): Promise<Into> {
  const stream = await tx.unsafe(statement).writable()
  stream.on('error', () => {})
  return {
    write: (data) =>
      new Promise((resolve, reject) => stream.write(data, (error) => (error ? reject(error) : resolve()))),
    end: async () => {
      stream.end()
      // The driver never ends the stream of a COPY that the server refuses last; the next statement hears of it.
      await setImmediate()
      await tx`select 1`
    },
  }
}
