import { expect } from '@playwright/test'
import type postgres from 'postgres'

/** What waits for the end of the one hold of a business comes now, and what is kept says that it has. Says how to make it so again. */
export async function holdRunsOut(database: postgres.Sql, tenantId: string): Promise<() => Promise<void>> {
  const [held] = await database<{ id: string; at: Date }[]>`
    select id, expires_at as at from hold where tenant_id = ${tenantId} and status = 'active'`
  if (!held) throw new Error('nothing is held')
  await database`update hold set expires_at = now() where id = ${held.id}`
  await database`update occupancy set expires_at = now() where tenant_id = ${tenantId} and ref_id = ${held.id}`
  await database`update pgboss.job set start_after = now() where name = 'expire-hold' and state = 'created' and start_after <= ${held.at}`
  return async () => {
    await expect(async () => {
      const [row] = await database<{ status: string }[]>`select status from hold where id = ${held.id}`
      expect(row?.status).toBe('expired')
    }).toPass()
    await database`update hold set expires_at = ${held.at} where id = ${held.id}`
  }
}
