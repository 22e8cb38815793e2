import { z } from 'zod'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { signedIn } from '@/server/core/policy'
import { choose, preferenceLock } from './capabilities'
import { choices } from './model'

/** By whoever is signed in, for every business that writes to them. */
export const setOwnPreferences = command({
  name: 'notification.preference.set_own',
  input: z.strictObject({ choices }),
  may: signedIn,
  locks: (_tx, _input, { actor }) => (actor.kind === 'user' ? [preferenceLock(actor.userId)] : []),
  run: async (tx, { choices: more }, context) => {
    const { actor } = context
    if (actor.kind !== 'user') return refuse('unauthenticated')
    return { choices: await choose(tx, context, actor.userId, more) }
  },
})
