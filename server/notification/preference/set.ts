import { z } from 'zod'
import { familyOf } from '@/server/business/contact/queries'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { bearerOf } from '@/server/core/policy'
import { choose, preferenceLock } from './capabilities'
import { choices } from './model'

/** By the link in a mail: what this person wants to hear of from this business. */
export const setPreferences = command({
  name: 'notification.preference.set',
  input: z.strictObject({ businessId: id, id, choices }),
  may: bearerOf('preference', 'owner', 'admin'),
  resource: ({ id }) => id,
  locks: async (tx, { id: contactId }) => {
    const [person] = await familyOf(tx, contactId)
    return person ? [preferenceLock(person.id)] : []
  },
  run: async (tx, { id: contactId, choices: more }, context) => {
    const [person] = await familyOf(tx, contactId)
    if (!person || person.erasedAt) return refuse('not_found')
    return { choices: await choose(tx, context, person.id, more) }
  },
})
