import { z } from 'zod'
import { defineEvent } from '@/server/core/events'
import { placeSchema } from '@/server/location/venue/model-place-schema'

const canRead = { roles: ['owner', 'admin', 'provider'], public: true, external: true } as const
const topics = ({ tenantId }: { tenantId: string }) => [`business:${tenantId}`]
const day = z.iso.date()

const rule = { rrule: z.string(), startDate: day, time: z.string(), timeZone: z.string() }
const shape = {
  ...rule,
  exDates: z.array(day),
  durationMinutes: z.int(),
  maxBookings: z.int(),
  place: placeSchema.nullable().optional(),
  writtenThrough: day,
}
const who = { seriesId: z.guid(), providerId: z.guid() }

/** Its slots are born with it, one event each, under the same correlation. */
export const seriesCreated = defineEvent('scheduling.series.created.v1', {
  birth: true,
  schema: z.strictObject({
    ...who,
    serviceId: z.guid(),
    businessId: z.guid(),
    ...shape,
    /** The series whose later part this was. */
    continues: z.guid().nullable(),
  }),
  retention: 'y3',
  topics,
  canRead,
})

export const seriesUpdated = defineEvent('scheduling.series.updated.v1', {
  schema: z.strictObject({ ...who, ...shape }),
  retention: 'y3',
  topics,
  canRead,
})

/** Time went on, and more of it was written. Days on which something stood in the way are left out. */
export const seriesExtended = defineEvent('scheduling.series.extended.v1', {
  schema: z.strictObject({
    ...who,
    writtenThrough: day,
    slots: z.int(),
    leftOut: z.array(z.strictObject({ date: day, kind: z.string() })),
  }),
  retention: 'y3',
  topics,
  canRead,
})

/** Nothing of it lies ahead any more, and nothing will be written. */
export const seriesEnded = defineEvent('scheduling.series.ended.v1', {
  schema: z.strictObject({ ...who, rrule: z.string() }),
  retention: 'y3',
  topics,
  canRead,
})
