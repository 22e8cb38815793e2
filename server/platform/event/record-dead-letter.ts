import { z } from 'zod'
import { command } from '@/server/core/command'
import { systemOnly } from '@/server/core/policy'
import { eventDeadLettered } from './events'

/** The fact that a handler gave up, so that operators hear of it by the same way as of everything else. */
export const recordDeadLetter = command({
  name: 'platform.event.record_dead_letter',
  input: z.strictObject({
    originalEventId: z.guid(),
    originalType: z.string(),
    originalTenantId: z.guid(),
    handler: z.string(),
    error: z.string(),
    retryCount: z.int(),
  }),
  may: systemOnly,
  locks: (_tx, { originalEventId }) => [`event:${originalEventId}`],
  run: async (_tx, input, { append }) => {
    await append([eventDeadLettered(input.originalEventId, input)])
  },
})
