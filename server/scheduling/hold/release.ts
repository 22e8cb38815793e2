import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { bearerOf } from '@/server/core/policy'
import { calendarLock, carryOut, factsAround } from '../calendar/capabilities'
import { endHold, loadHold } from './capabilities'
import { tenantOfHold } from './queries'

/** The visitor went back, or left. */
export const releaseHold = command({
  name: 'scheduling.hold.release',
  input: z.strictObject({ holdId: id }),
  may: bearerOf('hold'),
  tenant: ({ holdId }) => tenantOfHold(holdId),
  resource: ({ holdId }) => holdId,
  locks: async (tx, { holdId }) => [calendarLock((await loadHold(tx, holdId)).providerId)],
  run: async (tx, { holdId }, { now, append }) => {
    const row = await loadHold(tx, holdId)
    const facts = await factsAround(tx, row.providerId, row.serviceId, row.startsAt.getTime())
    const plan = endHold(facts, row, 'release', now)
    await append(plan.events)
    await carryOut(tx, plan)
    return { id: holdId, status: 'released' as const }
  },
})
