import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { occupancy } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, instant, line, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock, carryOut, changed, clearExpired, merge, type Plan } from './capabilities'
import { blockLabelled } from './events'
import { clashesOf, wrongEnd } from './model-block'
import { calendarTime, loadBlock } from './queries'

/** Moves a block, makes it longer or shorter, gives it to another provider, or says what it is for. */
export const changeBlock = command({
  name: 'scheduling.calendar.change_block',
  input: z.strictObject({
    businessId: id,
    blockId: id,
    providerId: id.optional(),
    startTime: instant.optional(),
    endTime: instant.optional(),
    label: line(80, 0).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { blockId, providerId }) => {
    const { provider } = await loadBlock(tx, blockId)
    return [...new Set([provider.id, providerId ?? provider.id])].map(calendarLock)
  },
  constraints: { occupancy_never_overlaps: ['slot_conflict'] },
  run: async (tx, { blockId, ...input }, { actor, tenantId, now, append }) => {
    const old = await loadBlock(tx, blockId)
    const providerId = input.providerId ?? old.provider.id
    await requireTended(tx, actor, tenantId, old.provider.id, providerId)
    const from = input.startTime ? Date.parse(input.startTime) : old.startsAt
    const to = input.endTime ? Date.parse(input.endTime) : old.endsAt
    const label = input.label === undefined ? old.label : input.label || null
    const moved = from !== old.startsAt || to !== old.endsAt || providerId !== old.provider.id
    const plan = moved ? await move() : nothing
    const said = label === old.label ? nothing : { ...nothing, events: [labelled()] }
    const [startsAt, endsAt] = [new Date(from), new Date(to)]
    const times = { providerId, startsAt, endsAt, busyFrom: startsAt, busyTo: endsAt, label }
    const row: Plan = {
      events: [],
      write: [(t) => t.update(occupancy).set(times).where(eq(occupancy.id, blockId))],
    }
    const all = merge(plan, said, row)
    await append(all.events)
    await carryOut(tx, all)
    return { blockId, providerId, startTime: rfc3339(from), endTime: rfc3339(to) }

    function labelled() {
      return blockLabelled(providerId, { providerId, blockId, label })
    }

    /** What was blocked is free, what is blocked now is not; nobody is moved for it. */
    async function move(): Promise<Plan> {
      const wrong = wrongEnd(from, to)
      if (wrong) refuse('malformed', 'malformed', { errors: { endTime: wrong } })
      if (to <= now.getTime()) refuse('conflict', 'in_the_past')
      const facts = (await calendarTime(tx, providerId, { from, to })) ?? refuse('not_found')
      facts.busy = facts.busy.filter((o) => o.id !== blockId)
      const stale = clearExpired(facts, { from, to }, now)
      const conflicts = clashesOf(facts.busy, from, to)
      if (conflicts.length > 0) refuse('conflict', 'slot_conflict', { conflicts })
      const shared = { availabilityId: blockId, slotId: null, bookingId: null, now }
      const was = { startsAt: old.startsAt, endsAt: old.endsAt }
      const freed = changed(old, { ...shared, ...was, previous: 'blocked', next: 'available', seatsLeft: 1 })
      const is = { startsAt: from, endsAt: to }
      const taken = changed(facts, { ...shared, ...is, previous: 'available', next: 'blocked', seatsLeft: 0 })
      return merge(stale, { events: [freed, taken], write: [] })
    }
  },
})

const nothing: Plan = { events: [], write: [] }
