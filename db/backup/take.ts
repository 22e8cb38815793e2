import { createHash } from 'node:crypto'
import postgres from 'postgres'
import { type Entry, writeArchive } from './archive'
import { fingerprint, format, type Header, type Manifest, quoted, type Table, tablesOf } from './contents'

export type Taken = { file: string; tables: number; rows: number; takenAt: string }

const chunk = 1024 * 1024

/** The whole database as it was at one moment, in one file, while everybody goes on working. */
export async function backup(ownerUrl: string, file: string): Promise<Taken> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connection: { TimeZone: 'UTC' } })
  try {
    const tx = await sql.reserve()
    await tx`begin isolation level repeatable read read only`
    const header = await introduce(tx)
    const manifest: Manifest = { header: '', tables: {} }
    await writeArchive(file, entries(tx, header, manifest))
    const rows = Object.values(manifest.tables).reduce((all, table) => all + table.rows, 0)
    return { file, tables: header.tables.length, rows, takenAt: header.takenAt }
  } finally {
    // There is nothing to commit, and a table that could not be written to its end would keep a rollback waiting.
    await sql.end({ timeout: 0 })
  }
}

async function introduce(tx: postgres.ReservedSql): Promise<Header> {
  const [about] = await tx<{ at: Date; jobs: number; system: string; split: boolean }[]>`
    select clock_timestamp() as at, (select version from pgboss.version) as jobs,
      (select system_identifier::text from pg_control_system()) as system,
      exists (select 1 from pgboss.queue where partition) as split`
  if (!about) throw new Error('The database does not say what it is.')
  if (about.split) throw new Error('A queue has a table of its own; backups know only the common one.')
  const migrations = await tx<{ hash: string }[]>`select hash from schema_migration order by id`
  const periods = await tx<{ from: string }[]>`
    select distinct (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''([^'']+)''\\)'))[1] as from
    from pg_partition_tree('event_log') t join pg_class c on c.oid = t.relid
    where t.isleaf and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT' order by 1`
  return {
    format,
    takenAt: about.at.toISOString(),
    migrations: migrations.map((row) => row.hash),
    jobsVersion: about.jobs,
    systemIdentifier: about.system,
    keyFingerprint: fingerprint(),
    tables: await tablesOf(tx),
    periods: periods.map((row) => row.from),
    sequences: await sequences(tx),
  }
}

/** Read after the snapshot was taken, so never behind a row that is in it. */
async function sequences(tx: postgres.ReservedSql): Promise<Header['sequences']> {
  const names = await tx<{ name: string }[]>`
    select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'auth', 'pgboss') and c.relkind = 'S' order by 1`
  const found: Header['sequences'] = {}
  for (const { name } of names) {
    const [at] = await tx.unsafe<{ value: string; called: boolean }[]>(
      `select last_value::text as value, is_called as called from ${quoted(name)}`,
    )
    if (at) found[name] = { value: at.value, called: at.called }
  }
  return found
}

async function* entries(tx: postgres.ReservedSql, header: Header, manifest: Manifest): AsyncGenerator<Entry> {
  const first = Buffer.from(JSON.stringify(header, null, 2))
  manifest.header = createHash('sha256').update(first).digest('hex')
  yield { name: 'header.json', data: first }
  for (const table of header.tables) {
    const hash = createHash('sha256')
    const count = { rows: 0, bytes: 0 }
    let part = 0
    for await (const data of rowsOf(tx, table)) {
      hash.update(data)
      count.bytes += data.length
      // A line break within a value is written as \n, so each row ends with the only one it has.
      for (let at = data.indexOf(10); at >= 0; at = data.indexOf(10, at + 1)) count.rows++
      yield { name: `data/${table.name}/${String(part++).padStart(8, '0')}`, data }
    }
    manifest.tables[table.name] = { ...count, sha256: hash.digest('hex') }
  }
  yield { name: 'manifest.json', data: Buffer.from(JSON.stringify(manifest, null, 2)) }
}

async function* rowsOf(tx: postgres.ReservedSql, { name, columns }: Table): AsyncGenerator<Buffer> {
  const stream = await tx
    .unsafe(`copy (select ${columns.map(quoted).join(', ')} from ${quoted(name)}) to stdout`)
    .readable()
  let kept: Buffer[] = []
  let length = 0
  for await (const piece of stream as AsyncIterable<Buffer>) {
    kept.push(piece)
    length += piece.length
    if (length < chunk) continue
    yield Buffer.concat(kept)
    kept = []
    length = 0
  }
  // postgres.js pauses its socket when the stream is full, even by the last piece (porsager/postgres#499): the next
  // statement would wait for ever.
  stream._read(0)
  if (length > 0) yield Buffer.concat(kept)
}
