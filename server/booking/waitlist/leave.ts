import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { bearerOf } from '@/server/core/policy'
import { carryOut, factsAround, merge, type Plan } from '@/server/scheduling/calendar/capabilities'
import { endHold, loadHold } from '@/server/scheduling/hold/capabilities'
import { holdLife } from '@/server/scheduling/hold/model'
import { asRead, entryLocks, loadEntry, turnedTo, whoOf } from './capabilities'
import { waitlistLeft } from './events'
import { waitlistLife } from './model'
import { tenantOfEntry } from './queries'

/** Takes somebody off the list; what was kept for them goes to the next. */
export const leaveWaitlist = command({
  name: 'booking.waitlist.leave',
  input: z.strictObject({ id }),
  may: bearerOf('waitlist', 'owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfEntry(id),
  resource: ({ id }) => id,
  locks: (tx, { id }) => entryLocks(tx, id),
  run: async (tx, input, { now, append }) => {
    const row = await loadEntry(tx, input.id)
    const status = waitlistLife.next(row.status, 'leave')
    const said = turnedTo(row, status, waitlistLeft(row.id, whoOf(row)))
    const held = row.offer ? await loadHold(tx, row.offer.holdId) : null
    let freed: Plan = { events: [], write: [] }
    if (held && holdLife.can(held.status, 'release'))
      freed = endHold(
        await factsAround(tx, held.providerId, held.serviceId, held.startsAt.getTime()),
        held,
        'release',
        now,
      )
    const all = merge(said, freed)
    await append(all.events, asRead(row))
    await carryOut(tx, all)
    return { id: row.id, status }
  },
})
