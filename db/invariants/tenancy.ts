import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../client'
import type { Look } from './look'

/** Made for everybody to read: it holds only what is published. */
const published = ['listing']
const tenantsTried = 5
const nobody = '00000000-0000-4000-8000-000000000000'

/** The app sees a tenant's own rows, all of them, and none of another's; without a tenant it sees nothing. */
export async function checkTenancy({ db, asApp }: Look): Promise<string[]> {
  const tables = await tenantTables(db)
  const tenants = await db.execute<{ id: string }>(
    sql`select tenant_id as id from aggregate_head group by 1 order by count(*) desc, 1 limit ${tenantsTried}`,
  )
  const problems: string[] = []
  for (const tenant of [...tenants.map((t) => t.id), nobody, null]) {
    const own = await counts(db, tables, sql`tenant_id = ${tenant}::uuid`)
    const seen = await asApp(async (tx) => {
      await tx.execute(
        sql`select set_config('app.tenant', ${tenant ?? ''}, true), set_config('app.user', '', true)`,
      )
      const foreign = await counts(tx, tables, sql`tenant_id is distinct from ${tenant}::uuid`)
      return { foreign, own: await counts(tx, tables, sql`tenant_id = ${tenant}::uuid`) }
    })
    const who = tenant ? `the app in tenant ${tenant}` : 'the app without a tenant'
    for (const table of tables) {
      if (seen.foreign[table]) problems.push(`${who} sees ${seen.foreign[table]} rows of others in ${table}`)
      if (seen.own[table] !== own[table])
        problems.push(`${who} sees ${seen.own[table]} of its ${own[table]} rows in ${table}`)
    }
  }
  return problems
}

/** Every table with a tenant that the app may read at all. */
async function tenantTables(db: Tx): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select c.relname as name from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> all(${sql.param(published)}::text[]) and has_table_privilege('slotwise_app', c.oid, 'select')
    order by 1`)
  return rows.map((row) => row.name)
}

async function counts(db: Tx, tables: readonly string[], where: SQL): Promise<Record<string, number>> {
  const parts = tables.map(
    (table) =>
      sql`select ${table}::text as name, count(*)::int as n from ${sql.identifier(table)} where ${where}`,
  )
  const rows = await db.execute<{ name: string; n: number }>(sql.join(parts, sql` union all `))
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}
