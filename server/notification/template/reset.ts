import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { messageTemplate } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { templateReset } from './events'
import { languages, ownableTemplates } from './model'
import { ownTemplate } from './queries'

/** Back to our words. */
export const resetTemplate = command({
  name: 'notification.template.reset',
  input: z.strictObject({
    businessId: id,
    template: z.enum(ownableTemplates),
    language: z.enum(languages),
  }),
  may: members('owner', 'admin'),
  locks: (_tx, { businessId, template, language }) => [`template:${businessId}:${template}:${language}`],
  run: async (tx, { businessId, template, language }, { append }) => {
    const own = await ownTemplate(tx, template, language)
    if (!own?.words) return { reset: false }
    await append([templateReset(own.id, { templateId: own.id, businessId, template, language })])
    await tx.update(messageTemplate).set({ subject: null, words: null }).where(eq(messageTemplate.id, own.id))
    return { reset: true }
  },
})
