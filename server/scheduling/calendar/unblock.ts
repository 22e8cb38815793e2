import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { id, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock, carryOut, release } from './capabilities'
import { loadBlock } from './queries'

/** Gives blocked time back. */
export const unblockTime = command({
  name: 'scheduling.calendar.unblock',
  input: z.strictObject({ businessId: id, blockId: id }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { blockId }) => [calendarLock((await loadBlock(tx, blockId)).provider.id)],
  run: async (tx, { blockId }, { actor, tenantId, now, append }) => {
    const { startsAt, endsAt, label: _, ...facts } = await loadBlock(tx, blockId)
    await requireTended(tx, actor, tenantId, facts.provider.id)
    const place = { availabilityId: blockId, slotId: null, startsAt, endsAt }
    const plan = release(facts, place, 'blocked', null, now)
    await append(plan.events)
    await carryOut(tx, plan)
    return { blockId, startTime: rfc3339(startsAt), endTime: rfc3339(endsAt) }
  },
})
