import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { calendar } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock } from './capabilities'
import { hoursSet } from './events'
import { rulesSchema } from './model'

/** When a provider works. What is booked outside the new hours stays booked. */
export const setHours = command({
  name: 'scheduling.calendar.set_hours',
  input: z.strictObject({ businessId: id, providerId: id, rules: rulesSchema }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: async (tx, { providerId, rules }, { append }) => {
    const [row] = await tx
      .select({ id: calendar.providerId })
      .from(calendar)
      .where(eq(calendar.providerId, providerId))
    if (!row) refuse('not_found')
    await append([hoursSet(providerId, { providerId, rules })])
    await tx.update(calendar).set({ rules }).where(eq(calendar.providerId, providerId))
    return { providerId }
  },
})
