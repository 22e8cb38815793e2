import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { PgBoss } from 'pg-boss'
import postgres from 'postgres'
import { config } from '@/server/core/config'
import { createRoles, refuseStrongRoles } from './roles'

const migrationLock = 727_001

export type Migrated = { applied: number; epoch: number }

/**
 * Brings the database to this build's shape, alone: a second process waits. Runs as the owner, each file in a
 * transaction of its own.
 */
export async function migrate(
  options: { url?: string; folder?: string; only?: number } = {},
): Promise<Migrated> {
  const url = options.url ?? config().DATABASE_URL
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${migrationLock})`
    await refuseStrongRoles(sql)
    await createRoles(sql)
    await migrateJobs(url)
    const applied = await applyFiles(
      sql,
      options.folder ?? join(process.cwd(), 'db', 'migrations'),
      options.only,
    )
    await sql`select log_make_partitions()`
    return { applied, epoch: await beginEpoch(sql) }
  } finally {
    await sql.end()
  }
}

async function applyFiles(
  sql: postgres.Sql,
  folder: string,
  only = Number.POSITIVE_INFINITY,
): Promise<number> {
  await sql`create table if not exists schema_migration (
    id int primary key, hash text not null, applied_at timestamptz not null default now())`
  const done = new Map(
    (await sql<{ id: number; hash: string }[]>`select id, hash from schema_migration`).map((r) => [
      r.id,
      r.hash,
    ]),
  )
  const files = readMigrationFiles({ migrationsFolder: folder }).slice(0, only)
  let applied = 0
  for (const [id, file] of files.entries()) {
    const known = done.get(id)
    if (known === file.hash) continue
    if (known)
      throw new Error(
        `Migration ${id} was changed after it had been applied. Restore its file, and add a new one.`,
      )
    await sql.begin(async (tx) => {
      for (const statement of file.sql) if (statement.trim()) await tx.unsafe(statement)
      await tx`insert into schema_migration (id, hash) values (${id}, ${file.hash})`
    })
    applied++
  }
  return applied
}

/** Transaction numbers mean nothing in another cluster: an identity not seen before begins a new epoch of the log. */
async function beginEpoch(sql: postgres.Sql): Promise<number> {
  const [here] = await sql<{ id: string }[]>`select system_identifier::text as id from pg_control_system()`
  const [last] = await sql<{ epoch: number; id: string }[]>`
    select epoch, system_identifier::text as id from log_epoch order by epoch desc limit 1`
  if (here && last?.id === here.id) return last.epoch
  const epoch = (last?.epoch ?? 0) + 1
  await sql.begin(async (tx) => {
    await tx`insert into log_epoch (epoch, system_identifier) values (${epoch}, ${here?.id ?? '0'}::bigint)`
    await tx.unsafe(`alter table event_log alter column epoch set default ${epoch}`)
    // A partition keeps a default of its own for rows that name it directly; the parent's is what inserts use.
  })
  return epoch
}

/** pg-boss brings its own tables; the relay works them and the app never sees them. */
async function migrateJobs(url: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: 'pgboss',
    max: 2,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => {})
  await boss.start()
  await boss.stop({ graceful: false, close: true })
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe('grant usage on schema pgboss to slotwise_relay')
    await sql.unsafe('grant select, insert, update, delete on all tables in schema pgboss to slotwise_relay')
    await sql.unsafe('grant execute on all functions in schema pgboss to slotwise_relay')
    await sql.unsafe('grant usage, select on all sequences in schema pgboss to slotwise_relay')
  } finally {
    await sql.end()
  }
}
