import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { membership, provider } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock } from '@/server/scheduling/calendar/capabilities'
import { providerLinked } from './events'
import { providerLife } from './model'

/** Says which of the business's people a provider is: it is their calendar then. Nobody, where it is a room. */
export const linkProvider = command({
  name: 'business.provider.link',
  input: z.strictObject({ businessId: id, providerId: id, userId: id.nullable() }),
  may: members('owner', 'admin'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: async (tx, { businessId, providerId, userId }, { append }) => {
    const [row] = await tx.select().from(provider).where(eq(provider.id, providerId))
    if (!row) refuse('not_found')
    providerLife.next(row.status, 'update')
    if (row.userId === userId) return { providerId }
    const [belongs] = userId
      ? await tx
          .select({ id: membership.id })
          .from(membership)
          .where(and(eq(membership.userId, userId), isNull(membership.revokedAt)))
          .limit(1)
      : [true]
    if (!belongs) refuse('not_found')
    await append([providerLinked(providerId, { providerId, businessId, userId })])
    await tx.update(provider).set({ userId }).where(eq(provider.id, providerId))
    return { providerId }
  },
})
