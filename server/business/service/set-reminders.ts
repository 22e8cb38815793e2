import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { service } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { serviceRemindersSet } from './events'
import { reminderChoices, serviceLife } from './model'
import { serviceForChange } from './queries'

export const setReminders = command({
  name: 'business.service.set_reminders',
  input: z.strictObject({
    businessId: id,
    serviceId: id,
    reminderHours: z.array(z.literal([...reminderChoices])).max(reminderChoices.length),
  }),
  may: members('owner', 'admin'),
  locks: (_tx, { serviceId }) => [`service:${serviceId}`],
  run: async (tx, { businessId, serviceId, reminderHours }, { tenantId, append }) => {
    const current = await serviceForChange(tx, serviceId)
    serviceLife.next(current.status, 'update')
    const hours = [...new Set(reminderHours)].sort((a, b) => b - a)
    await append([serviceRemindersSet(serviceId, { serviceId, businessId, reminderHours: hours })])
    await tx
      .update(service)
      .set({ reminderHours: hours })
      .where(and(eq(service.tenantId, tenantId), eq(service.id, serviceId)))
    return { serviceId, reminderHours: hours }
  },
})
