import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { service } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { serviceArchived } from './events'
import { serviceLife } from './model'
import { serviceForChange } from './queries'

/** No longer offered; what was booked stays. */
export const archiveService = command({
  name: 'business.service.archive',
  input: z.strictObject({ businessId: id, serviceId: id }),
  may: members('owner', 'admin'),
  locks: (_tx, { serviceId }) => [`service:${serviceId}`],
  run: async (tx, { businessId, serviceId }, { tenantId, append }) => {
    const current = await serviceForChange(tx, serviceId)
    const status = serviceLife.next(current.status, 'archive')
    await append([serviceArchived(serviceId, { serviceId, businessId })])
    await tx
      .update(service)
      .set({ status })
      .where(and(eq(service.tenantId, tenantId), eq(service.id, serviceId)))
    return { serviceId, status }
  },
})
