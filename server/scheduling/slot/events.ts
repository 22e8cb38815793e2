import { z } from 'zod'
import { defineEvent } from '@/server/core/events'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import { slotOrigins } from './model'

const canRead = { roles: ['owner', 'admin', 'provider'], public: true, external: true } as const
const topics = ({ tenantId, data }: { tenantId: string; data: { providerId: string } }) => [
  `business:${tenantId}`,
  `calendar:${data.providerId}`,
]
const at = z.iso.datetime()
const times = {
  slotId: z.guid(),
  serviceId: z.guid(),
  providerId: z.guid(),
  businessId: z.guid(),
  startTime: at,
  endTime: at,
}
/** Of a slot that a series wrote: which series, and for which of its days. */
const ofSeries = { seriesId: z.guid().optional(), occursOn: z.iso.date().optional() }
const place = placeSchema.nullable().optional()

export const slotCreated = defineEvent('scheduling.slot.created.v1', {
  birth: true,
  schema: z.strictObject({
    ...times,
    ...ofSeries,
    place,
    maxBookings: z.int(),
    isRecurring: z.boolean(),
    origin: z.enum(slotOrigins),
    createdAt: at,
  }),
  retention: 'y3',
  topics,
  canRead,
})

export const slotUpdated = defineEvent('scheduling.slot.updated.v1', {
  schema: z.strictObject({
    ...times,
    ...ofSeries,
    place,
    maxBookings: z.int(),
    isAvailable: z.boolean(),
    updatedAt: at,
  }),
  retention: 'y3',
  topics,
  canRead,
})

export const slotDeleted = defineEvent('scheduling.slot.deleted.v1', {
  schema: z.strictObject({ ...times, deletedAt: at }),
  retention: 'y3',
  topics,
  canRead,
})
