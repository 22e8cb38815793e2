import { z } from 'zod'
import { defineEvent } from '@/server/core/events'
import { rulesSchema } from './model'

const canRead = { roles: ['owner', 'admin', 'provider'], public: true, external: true } as const
const topics = ({ tenantId, aggregateId }: { tenantId: string; aggregateId: string }) => [
  `business:${tenantId}`,
  `calendar:${aggregateId}`,
]
const at = z.iso.datetime()
const status = z.enum(['available', 'held', 'booked', 'blocked'])

export const calendarCreated = defineEvent('scheduling.calendar.created.v1', {
  birth: true,
  schema: z.strictObject({ providerId: z.guid(), businessId: z.guid(), rules: rulesSchema }),
  retention: 'y3',
  topics,
  canRead,
})

export const hoursSet = defineEvent('scheduling.calendar.hours_set.v1', {
  schema: z.strictObject({ providerId: z.guid(), rules: rulesSchema }),
  retention: 'y3',
  topics,
  canRead,
})

/** One time's status changed. `date` and `timeZone` say the day as the provider counts it. */
export const availabilityChanged = defineEvent('scheduling.calendar.availability_changed.v1', {
  schema: z.strictObject({
    availabilityId: z.guid(),
    providerId: z.guid(),
    slotId: z.guid().nullable(),
    startTime: at,
    endTime: at,
    date: z.iso.date(),
    timeZone: z.string(),
    previousStatus: status,
    newStatus: status,
    bookingId: z.guid().nullable(),
    seatsLeft: z.int(),
    changedAt: at,
  }),
  retention: 'y3',
  topics,
  canRead,
})

/** Calendars elsewhere say that other times between these are busy. Which ones is between the people of the business. */
export const outsideChanged = defineEvent('scheduling.calendar.outside_changed.v1', {
  schema: z.strictObject({ providerId: z.guid(), startTime: at, endTime: at, freed: z.boolean() }),
  retention: 'y3',
  topics,
  canRead,
})

/** What a block is for: said to those who work there, and to nobody else. */
export const blockLabelled = defineEvent('scheduling.calendar.block_labelled.v1', {
  schema: z.strictObject({ providerId: z.guid(), blockId: z.guid(), label: z.string().nullable() }),
  retention: 'y3',
  private: ['label'],
  subject: (d) => d.providerId,
  topics: ({ tenantId }) => [`business:${tenantId}`],
  canRead: { roles: ['owner', 'admin', 'provider'] },
})
