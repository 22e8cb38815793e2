import { z } from 'zod'
import { occupancy } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, instant, line, rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { calendarLock, carryOut, changed, clearExpired, merge, type Place, type Plan } from './capabilities'
import { blockLabelled } from './events'
import { clashesOf, wrongEnd } from './model-block'
import { type CalendarTime, calendarTime } from './queries'

/** Takes time out of a provider's calendar: lunch, an errand, a day at home. */
export const blockTime = command({
  name: 'scheduling.calendar.block',
  input: z.strictObject({
    businessId: id,
    providerId: id,
    startTime: instant,
    endTime: instant,
    /** For those who work there; visitors see that the time is taken, never why. */
    label: line(80, 0).default(''),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  constraints: { occupancy_never_overlaps: ['slot_conflict'] },
  run: async (tx, { providerId, ...input }, { actor, tenantId, now, append }) => {
    await requireTended(tx, actor, tenantId, providerId)
    const [from, to] = [Date.parse(input.startTime), Date.parse(input.endTime)]
    const facts = (await calendarTime(tx, providerId, { from, to })) ?? refuse('not_found')
    const wrong = wrongEnd(from, to)
    if (wrong) refuse('malformed', 'malformed', { errors: { endTime: wrong } })
    if (to <= now.getTime()) refuse('conflict', 'in_the_past')
    const stale = clearExpired(facts, { from, to }, now)
    const { id: blockId, plan } = blockStretch(facts, { from, to, label: input.label || null }, now)
    const all = merge(stale, plan)
    await append(all.events)
    await carryOut(tx, all)
    return { blockId, startTime: rfc3339(from), endTime: rfc3339(to) }
  },
})

type Stretch = { from: number; to: number; label: string | null }

/** Takes a stretch out of what can be booked, whatever the hours say. Nobody is moved for it: what is there already is named. */
function blockStretch(
  facts: CalendarTime,
  { from: startsAt, to: endsAt, label }: Stretch,
  now: Date,
): { id: string; plan: Plan } {
  const conflicts = clashesOf(facts.busy, startsAt, endsAt)
  if (conflicts.length > 0) refuse('conflict', 'slot_conflict', { conflicts })
  const id = newId()
  const providerId = facts.provider.id
  const place: Place = { availabilityId: id, slotId: null, startsAt, endsAt }
  const [from, to] = [new Date(startsAt), new Date(endsAt)]
  const row = { startsAt: from, endsAt: to, busyFrom: from, busyTo: to, label }
  const next = { previous: 'available', next: 'blocked', bookingId: null, seatsLeft: 0, now } as const
  return {
    id,
    plan: {
      events: [
        changed(facts, { ...place, ...next }),
        ...(label ? [blockLabelled(providerId, { providerId, blockId: id, label })] : []),
      ],
      write: [
        (tx) =>
          tx
            .insert(occupancy)
            .values({ ...row, tenantId: facts.tenantId, id, providerId, kind: 'block', refId: id }),
      ],
    },
  }
}
