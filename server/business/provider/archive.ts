import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { provider } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock } from '@/server/scheduling/calendar/capabilities'
import { providerArchived } from './events'
import { providerLife } from './model'

/** No longer bookable; what was booked stays. */
export const archiveProvider = command({
  name: 'business.provider.archive',
  input: z.strictObject({ businessId: id, providerId: id }),
  may: members('owner', 'admin'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: async (tx, { businessId, providerId }, { append }) => {
    const [row] = await tx
      .select({ status: provider.status })
      .from(provider)
      .where(eq(provider.id, providerId))
    if (!row) refuse('not_found')
    const status = providerLife.next(row.status, 'archive')
    await append([providerArchived(providerId, { providerId, businessId })])
    await tx.update(provider).set({ status }).where(eq(provider.id, providerId))
    return { providerId, status }
  },
})
