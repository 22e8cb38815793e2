import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { service } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { serviceBookingRulesSet } from './events'
import { serviceLife } from './model'
import { questions } from './model-questions'
import { serviceForChange } from './queries'

export const setBookingRules = command({
  name: 'business.service.set_booking_rules',
  input: z.strictObject({
    businessId: id,
    serviceId: id,
    requiresApproval: z.boolean(),
    decideWithinHours: z
      .int()
      .min(1)
      .max(14 * 24)
      .default(24),
    questions: questions.default([]),
  }),
  may: members('owner', 'admin'),
  locks: (_tx, { serviceId }) => [`service:${serviceId}`],
  run: async (tx, { businessId, serviceId, ...rules }, { tenantId, append }) => {
    const current = await serviceForChange(tx, serviceId)
    serviceLife.next(current.status, 'update')
    await append([serviceBookingRulesSet(serviceId, { serviceId, businessId, ...rules })])
    await tx
      .update(service)
      .set(rules)
      .where(and(eq(service.tenantId, tenantId), eq(service.id, serviceId)))
    return { serviceId }
  },
})
