import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { calendar } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock, carryOut, type Plan } from './capabilities'
import { hoursSet } from './events'
import { type Rules, rulesSchema } from './model'

/** When a provider works. What is booked outside the new hours stays booked. */
export const setHours = command({
  name: 'scheduling.calendar.set_hours',
  input: z.strictObject({ businessId: id, providerId: id, rules: rulesSchema }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: async (tx, { providerId, rules }, { append, actor, tenantId }) => {
    await requireTended(tx, actor, tenantId, providerId)
    const plan = await changeRules(tx, providerId, () => rules)
    await append(plan.events)
    await carryOut(tx, plan)
    return { providerId }
  },
})

/** The rules as they should be from what they are now: under the lock, so that two changes never undo each other. */
export async function changeRules(
  tx: Tx,
  providerId: string,
  change: (rules: Rules) => Rules,
): Promise<Plan> {
  const [row] = await tx
    .select({ rules: calendar.rules })
    .from(calendar)
    .where(eq(calendar.providerId, providerId))
  if (!row) refuse('not_found')
  const rules = change(row.rules)
  return {
    events: [hoursSet(providerId, { providerId, rules })],
    write: [(t) => t.update(calendar).set({ rules }).where(eq(calendar.providerId, providerId))],
  }
}
