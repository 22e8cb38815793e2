import { z } from 'zod'
import { defineEvent } from '@/server/core/events'
import { placeSchema } from '@/server/location/venue/model-place-schema'

const canRead = { roles: ['owner', 'admin', 'provider'], bearer: 'hold' } as const
const topics = ({ tenantId }: { tenantId: string }) => [`business:${tenantId}`]
const at = z.iso.datetime()

/** `holder` is a hash of who holds, never who. */
export const holdPlaced = defineEvent('scheduling.hold.placed.v1', {
  birth: true,
  schema: z.strictObject({
    holdId: z.guid(),
    providerId: z.guid(),
    serviceId: z.guid(),
    slotId: z.guid().nullable(),
    startTime: at,
    endTime: at,
    seats: z.int(),
    place: placeSchema.nullable().optional(),
    expiresAt: at,
  }),
  retention: 'y3',
  topics,
  canRead,
})

const end = {
  schema: z.strictObject({ holdId: z.guid(), providerId: z.guid() }),
  retention: 'y3',
  topics,
  canRead,
} as const

export const holdUsed = defineEvent('scheduling.hold.used.v1', end)
export const holdReleased = defineEvent('scheduling.hold.released.v1', end)
export const holdExpired = defineEvent('scheduling.hold.expired.v1', end)
