import { z } from 'zod'
import { defineEvent } from '@/server/core/events'
import { languages, ownableTemplates } from './model'

const which = {
  templateId: z.guid(),
  businessId: z.guid(),
  template: z.enum(ownableTemplates),
  language: z.enum(languages),
}
const common = {
  retention: 'y3',
  topics: ({ tenantId }: { tenantId: string }) => [`business:${tenantId}`],
  canRead: { roles: ['owner', 'admin'] },
} as const

/** A business says it in its own words. */
export const templateChanged = defineEvent('notification.template.changed.v1', {
  schema: z.strictObject({ ...which, subject: z.string(), words: z.string() }),
  ...common,
})

/** It is said in our words again. */
export const templateReset = defineEvent('notification.template.reset.v1', {
  schema: z.strictObject(which),
  ...common,
})
