import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { provider } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, line, prose } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock } from '@/server/scheduling/calendar/capabilities'
import { assignServices, refuseUnknownServices } from './capabilities'
import { providerUpdated } from './events'
import { providerLife } from './model'

export const updateProvider = command({
  name: 'business.provider.update',
  input: z.strictObject({
    businessId: id,
    providerId: id,
    changes: z
      .strictObject({
        name: line(120),
        bio: prose(4000),
        published: z.boolean(),
        serviceIds: z.array(id).max(200),
      })
      .partial()
      .refine((c) => Object.keys(c).length > 0, 'needs at least one field'),
  }),
  may: members('owner', 'admin'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: async (tx, { businessId, providerId, changes }, { tenantId, append }) => {
    const [row] = await tx
      .select({ status: provider.status })
      .from(provider)
      .where(eq(provider.id, providerId))
    if (!row) refuse('not_found')
    providerLife.next(row.status, 'update')
    const { serviceIds, ...profile } = changes
    if (serviceIds) await refuseUnknownServices(tx, serviceIds)
    await append([providerUpdated(providerId, { providerId, businessId, changes })])
    if (Object.keys(profile).length > 0)
      await tx.update(provider).set(profile).where(eq(provider.id, providerId))
    if (serviceIds) await assignServices(tx, tenantId, providerId, serviceIds)
    return { providerId }
  },
})
