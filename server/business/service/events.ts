import { z } from 'zod'
import { defineEvent } from '@/server/core/events'
import { ways } from '@/server/location/venue/model-place'
import { questionKinds } from './model-questions'

const staff = { roles: ['owner', 'admin', 'provider'], public: true, external: true } as const
const topics = ({ tenantId }: { tenantId: string }) => [`business:${tenantId}`, `catalogue:${tenantId}`]

const offer = {
  name: z.string(),
  description: z.string(),
  durationMinutes: z.int(),
  stepMinutes: z.int(),
  bufferBeforeMinutes: z.int(),
  bufferAfterMinutes: z.int(),
  noticeMinutes: z.int(),
  windowDays: z.int(),
  capacity: z.int(),
  amount: z.int(),
  currency: z.string(),
  freeUntilHours: z.int(),
  lateFeePercent: z.int(),
}
const given = z.enum(ways).optional()

export const serviceCreated = defineEvent('business.service.created.v1', {
  birth: true,
  schema: z.strictObject({ serviceId: z.guid(), businessId: z.guid(), ...offer, given }),
  retention: 'y3',
  topics,
  canRead: staff,
})

export const serviceUpdated = defineEvent('business.service.updated.v1', {
  schema: z.strictObject({
    serviceId: z.guid(),
    businessId: z.guid(),
    changes: z.strictObject({ ...offer, given }).partial(),
  }),
  retention: 'y3',
  topics,
  canRead: staff,
})

/** What a booking has to go through, beside its time and price. */
export const serviceBookingRulesSet = defineEvent('business.service.booking_rules_set.v1', {
  schema: z.strictObject({
    serviceId: z.guid(),
    businessId: z.guid(),
    requiresApproval: z.boolean(),
    decideWithinHours: z.int(),
    questions: z.array(
      z.strictObject({
        label: z.string(),
        kind: z.enum(questionKinds),
        options: z.array(z.string()),
        required: z.boolean(),
      }),
    ),
  }),
  retention: 'y3',
  topics,
  canRead: staff,
})

/** How many hours before a booking begins its client is reminded; none where nobody is. */
export const serviceRemindersSet = defineEvent('business.service.reminders_set.v1', {
  schema: z.strictObject({ serviceId: z.guid(), businessId: z.guid(), reminderHours: z.array(z.int()) }),
  retention: 'y3',
  topics,
  canRead: staff,
})

export const serviceArchived = defineEvent('business.service.archived.v1', {
  schema: z.strictObject({ serviceId: z.guid(), businessId: z.guid() }),
  retention: 'y3',
  topics,
  canRead: staff,
})
