import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { service } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { requireSeen } from '@/server/scheduling/calendar/capabilities'
import { seenSchema } from '@/server/scheduling/calendar/model-impact'
import { offerFields } from './create'
import { serviceUpdated } from './events'
import { serviceLife } from './model'
import { impactOf, timesOnly } from './preview'
import { serviceForChange } from './queries'

export const updateService = command({
  name: 'business.service.update',
  input: z.strictObject({
    businessId: id,
    serviceId: id,
    seen: seenSchema,
    changes: z
      .strictObject(offerFields)
      .partial()
      .refine((c) => Object.keys(c).length > 0, 'needs at least one field'),
  }),
  may: members('owner', 'admin'),
  locks: (_tx, { serviceId }) => [`service:${serviceId}`],
  run: async (tx, { businessId, serviceId, seen, changes }, { tenantId, append, now }) => {
    const current = await serviceForChange(tx, serviceId)
    serviceLife.next(current.status, 'update')
    if (seen !== undefined)
      requireSeen(seen, await impactOf(tx, serviceId, timesOnly(changes), now.getTime()))
    await append([serviceUpdated(serviceId, { serviceId, businessId, changes })])
    await tx
      .update(service)
      .set(changes)
      .where(and(eq(service.tenantId, tenantId), eq(service.id, serviceId)))
    return { serviceId }
  },
})
