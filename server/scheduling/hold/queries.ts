import { sql } from 'drizzle-orm'
import { appDb } from '@/db/client'

export async function tenantOfHold(holdId: string): Promise<string | null> {
  const [row] = await appDb().execute<{ tenant: string | null }>(
    sql`select tenant_of('hold', ${holdId}) as tenant`,
  )
  return row?.tenant ?? null
}
