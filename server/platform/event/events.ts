import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

const canRead = { roles: [] } as const

/** A handler gave up on an event. The aggregate is the event given up on. */
export const eventDeadLettered = defineEvent('platform.event.dead_lettered.v1', {
  schema: z.strictObject({
    originalEventId: z.guid(),
    originalType: z.string(),
    originalTenantId: z.guid(),
    handler: z.string(),
    error: z.string(),
    retryCount: z.int(),
  }),
  retention: 'y1',
  topics: () => ['platform'],
  canRead,
})

export const eventReplayed = defineEvent('platform.event.replayed.v1', {
  schema: z.strictObject({ originalEventId: z.guid(), handler: z.string() }),
  retention: 'y1',
  topics: () => ['platform'],
  canRead,
})

export const eventDiscarded = defineEvent('platform.event.discarded.v1', {
  schema: z.strictObject({ originalEventId: z.guid(), handler: z.string(), reason: z.string() }),
  retention: 'y1',
  topics: () => ['platform'],
  canRead,
})
