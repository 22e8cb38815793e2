import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

export const workflowCompensated = defineEvent('platform.workflow.compensated.v1', {
  schema: z.strictObject({
    workflow: z.string(),
    key: z.guid(),
    undone: z.array(z.string()),
    error: z.string(),
  }),
  retention: 'y1',
  topics: ({ tenantId }) => [`business:${tenantId}`, 'platform'],
  canRead: { roles: ['owner', 'admin'] },
})
