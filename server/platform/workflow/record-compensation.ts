import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { workflowCompensated } from './events'

export const recordCompensation = command({
  name: 'platform.workflow.record_compensation',
  input: z.strictObject({
    businessId: id,
    workflow: z.string(),
    key: id,
    undone: z.array(z.string()),
    error: z.string(),
  }),
  may: systemOnly,
  run: async (_tx, { businessId: _, ...said }, { append }) => {
    await append([workflowCompensated(said.key, said)])
    return { recorded: true }
  },
})
