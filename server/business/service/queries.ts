import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { service } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'

export async function serviceForChange(tx: Tx, serviceId: string) {
  const [found] = await tx.select({ status: service.status }).from(service).where(eq(service.id, serviceId))
  return found ?? refuse('not_found')
}

export const listServices = query({
  name: 'business.service.list',
  input: z.strictObject({ businessId: id }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx) => ({
    services: await tx.select().from(service).orderBy(service.name, service.id).limit(200),
  }),
})
