import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { carryOut } from '@/server/scheduling/calendar/capabilities'
import { tenantOfHold } from '@/server/scheduling/hold/queries'
import { asRead, entryOfHold, turnedTo, whoOf } from './capabilities'
import { waitlistLapsed } from './events'
import { waitlistLife } from './model'

/** What was kept for somebody ran out, so their turn is over. Most holds are nobody's turn. */
export const lapseOffer = command({
  name: 'booking.waitlist.lapse',
  input: z.strictObject({ holdId: id }),
  may: systemOnly,
  tenant: ({ holdId }) => tenantOfHold(holdId),
  locks: async (tx, { holdId }) => {
    const row = await entryOfHold(tx, holdId)
    return row ? [`waitlist:${row.id}`] : []
  },
  run: async (tx, { holdId }, { append }) => {
    const row = await entryOfHold(tx, holdId)
    if (!row || !waitlistLife.can(row.status, 'lapse')) return { lapsed: null }
    const plan = turnedTo(row, 'lapsed', waitlistLapsed(row.id, whoOf(row)))
    await append(plan.events, asRead(row))
    await carryOut(tx, plan)
    return { lapsed: row.id as string | null }
  },
})
