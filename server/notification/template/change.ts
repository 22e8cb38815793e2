import { z } from 'zod'
import { messageTemplate } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, line, prose } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { templateChanged } from './events'
import { languages, ownableTemplates } from './model'
import { unknownPlaceholders } from './model-custom'
import { ownTemplate } from './queries'

/** A kind of mail in a business's own words. What stands in braces has to mean something. */
export const changeTemplate = command({
  name: 'notification.template.change',
  input: z.strictObject({
    businessId: id,
    template: z.enum(ownableTemplates),
    language: z.enum(languages),
    subject: line(200),
    words: prose(2000).refine((text) => text.length > 0, 'must not be empty'),
  }),
  may: members('owner', 'admin'),
  locks: (_tx, { businessId, template, language }) => [`template:${businessId}:${template}:${language}`],
  run: async (tx, { businessId, template, language, ...said }, { tenantId, append }) => {
    const errors = Object.entries(said).flatMap(([field, text]) => {
      const [unknown] = unknownPlaceholders(template, text)
      return unknown === undefined ? [] : [[field, `does not know {${unknown}}`]]
    })
    if (errors.length > 0)
      refuse('malformed', 'malformed', { errors: Object.fromEntries(errors) as Record<string, string> })
    const templateId = (await ownTemplate(tx, template, language))?.id ?? newId()
    await append([templateChanged(templateId, { templateId, businessId, template, language, ...said })])
    await tx
      .insert(messageTemplate)
      .values({ tenantId, id: templateId, template, language, ...said })
      .onConflictDoUpdate({ target: [messageTemplate.tenantId, messageTemplate.id], set: said })
    return { templateId }
  },
})
