import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { carryOut } from '@/server/scheduling/calendar/capabilities'
import { asRead, loadEntry, turnedTo, whoOf } from './capabilities'
import { waitlistLapsed } from './events'
import { waitlistLife } from './model'
import { tenantOfEntry } from './queries'

/** What somebody waited for is over and there never was a place: they are off the list. Nobody writes to them about that. */
export const outliveWish = command({
  name: 'booking.waitlist.outlive',
  input: z.strictObject({ id }),
  may: systemOnly,
  tenant: ({ id }) => tenantOfEntry(id),
  locks: (_tx, { id }) => [`waitlist:${id}`],
  run: async (tx, input, { now, append }) => {
    const row = await loadEntry(tx, input.id)
    if (!waitlistLife.can(row.status, 'outlive') || row.overAt > now) return { over: null }
    const status = waitlistLife.next(row.status, 'outlive')
    const said = waitlistLapsed(row.id, { ...whoOf(row), reason: 'wish_over' })
    const plan = turnedTo(row, status, said)
    await append(plan.events, asRead(row))
    await carryOut(tx, plan)
    return { over: row.id as string | null }
  },
})
