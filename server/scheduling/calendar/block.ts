import { z } from 'zod'
import { occupancy } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { DAY } from '@/server/core/time'
import { calendarLock, carryOut, changed, clearExpired, merge, type Place, type Plan } from './capabilities'
import { type CalendarTime, calendarTime } from './queries'

const mostDays = 31

/** Takes time out of a provider's calendar: lunch, an errand, a day at home. */
export const blockTime = command({
  name: 'scheduling.calendar.block',
  input: z.strictObject({ businessId: id, providerId: id, startTime: instant, endTime: instant }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  constraints: { occupancy_never_overlaps: ['slot_conflict'] },
  run: async (tx, { providerId, ...input }, { now, append }) => {
    const [from, to] = [Date.parse(input.startTime), Date.parse(input.endTime)]
    const facts = (await calendarTime(tx, providerId, { from, to })) ?? refuse('not_found')
    const wrong =
      to <= from ? 'must be after startTime' : to - from > mostDays * DAY ? 'must be within 31 days' : null
    if (wrong) refuse('malformed', 'malformed', { errors: { endTime: wrong } })
    if (to <= now.getTime()) refuse('conflict', 'in_the_past')
    const stale = clearExpired(facts, { from, to }, now)
    const { id: blockId, plan } = blockStretch(facts, from, to, now)
    const all = merge(stale, plan)
    await append(all.events)
    await carryOut(tx, all)
    return { blockId, startTime: rfc3339(from), endTime: rfc3339(to) }
  },
})

/** Takes a stretch out of what can be booked, whatever the hours say. Nobody is moved for it: what is there already is named. */
function blockStretch(
  facts: CalendarTime,
  startsAt: number,
  endsAt: number,
  now: Date,
): { id: string; plan: Plan } {
  const clashes = facts.busy.filter((o) => o.to > startsAt && o.from < endsAt)
  if (clashes.length > 0)
    refuse('conflict', 'slot_conflict', {
      conflicts: clashes.map(({ kind, ...o }) => ({
        kind,
        startTime: rfc3339(o.startsAt),
        endTime: rfc3339(o.endsAt),
      })),
    })
  const id = newId()
  const place: Place = { availabilityId: id, slotId: null, startsAt, endsAt }
  const [from, to] = [new Date(startsAt), new Date(endsAt)]
  const row = { startsAt: from, endsAt: to, busyFrom: from, busyTo: to }
  return {
    id,
    plan: {
      events: [
        changed(facts, {
          ...place,
          previous: 'available',
          next: 'blocked',
          bookingId: null,
          seatsLeft: 0,
          now,
        }),
      ],
      write: [
        (tx) =>
          tx.insert(occupancy).values({
            ...row,
            tenantId: facts.tenantId,
            id,
            providerId: facts.provider.id,
            kind: 'block',
            refId: id,
          }),
      ],
    },
  }
}
