import { z } from 'zod'
import { command } from '@/server/core/command'
import { id, line } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { eventDiscarded } from './events'

/** Nobody will handle this event for that handler any more, and why. The claim of the call removes the job. */
export const discardEvent = command({
  name: 'platform.event.discard',
  input: z.strictObject({ originalEventId: id, handler: line(120), reason: line(500, 3) }),
  may: systemOnly,
  locks: (_tx, { originalEventId }) => [`event:${originalEventId}`],
  run: async (_tx, input, { append }) => {
    await append([eventDiscarded(input.originalEventId, input)])
  },
})
