import type postgres from 'postgres'
import { config } from '@/server/core/config'

const statementSeconds = { slotwise_app: 10, slotwise_relay: 30, slotwise_auth: 10 } as const

/**
 * The roles the app runs as. A write transaction left open anywhere hides every later event from every reader, so no
 * role may leave one: the server ends it.
 */
export async function createRoles(sql: postgres.Sql): Promise<void> {
  const c = config()
  const urls = {
    slotwise_app: c.DATABASE_APP_URL,
    slotwise_relay: c.DATABASE_RELAY_URL,
    slotwise_auth: c.DATABASE_AUTH_URL,
  }
  for (const [role, url] of Object.entries(urls) as [keyof typeof urls, string][]) {
    const { username, password } = new URL(url)
    if (username !== role) continue // a role of the operator's own making
    const [found] = await sql`select 1 from pg_roles where rolname = ${role}`
    if (!found) await sql.unsafe(`create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole`)
    await sql.unsafe(`alter role ${role} password '${decodeURIComponent(password).replaceAll("'", "''")}'`)
    await sql.unsafe(`alter role ${role} set statement_timeout = '${statementSeconds[role]}s'`)
    await sql.unsafe(`alter role ${role} set lock_timeout = '5s'`)
    await sql.unsafe(`alter role ${role} set idle_in_transaction_session_timeout = '5s'`)
    await sql.unsafe(`alter role ${role} set transaction_timeout = '${statementSeconds[role] + 5}s'`)
  }
  // The relay does a handler's work as the app: it may become it, and does not inherit what the app may see.
  await sql.unsafe('grant slotwise_app to slotwise_relay with inherit false, set true')
}

/** A role that could see every tenant would make every policy decoration. */
export async function refuseStrongRoles(sql: postgres.Sql): Promise<void> {
  const strong = await sql<{ rolname: string }[]>`
    select rolname from pg_roles
    where (rolsuper or rolbypassrls) and rolname in ('slotwise_app', 'slotwise_relay', 'slotwise_auth', current_user)`
  if (strong.length > 0)
    throw new Error(
      `The role ${strong.map((r) => r.rolname).join(', ')} is a superuser or bypasses row-level security. ` +
        'Give DATABASE_URL a plain role that owns the database and may CREATE ROLE.',
    )
}
