import { z } from 'zod'
import { command } from '@/server/core/command'
import { id, line } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { eventReplayed } from './events'

/** An event goes back to a handler that gave up on it. The claim of the call moves the job, or nothing happened. */
export const redriveEvent = command({
  name: 'platform.event.redrive',
  input: z.strictObject({ originalEventId: id, handler: line(120) }),
  may: systemOnly,
  locks: (_tx, { originalEventId }) => [`event:${originalEventId}`],
  run: async (_tx, input, { append }) => {
    await append([eventReplayed(input.originalEventId, input)])
  },
})
