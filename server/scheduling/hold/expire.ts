import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { calendarLock, carryOut, factsAround } from '../calendar/capabilities'
import { endHold, loadHold } from './capabilities'
import { holdLife } from './model'
import { tenantOfHold } from './queries'

/** Woken when a hold's time is over. It may be gone already, or the clocks may differ by a little: both are fine. */
export const expireHold = command({
  name: 'scheduling.hold.expire',
  input: z.strictObject({ holdId: id }),
  may: systemOnly,
  tenant: ({ holdId }) => tenantOfHold(holdId),
  locks: async (tx, { holdId }) => [calendarLock((await loadHold(tx, holdId)).providerId)],
  run: async (tx, { holdId }, { now, append }) => {
    const row = await loadHold(tx, holdId)
    if (!holdLife.can(row.status, 'expire')) return { id: holdId, status: row.status }
    if (row.expiresAt > now) throw new Error(`hold ${holdId} has not run out yet`)
    const facts = await factsAround(tx, row.providerId, row.serviceId, row.startsAt.getTime())
    const plan = endHold(facts, row, 'expire', now)
    await append(plan.events)
    await carryOut(tx, plan)
    return { id: holdId, status: 'expired' as const }
  },
})
