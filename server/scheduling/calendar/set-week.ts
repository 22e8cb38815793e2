import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock, carryOut } from './capabilities'
import { weeklySchema } from './model'
import { changeRules } from './set-hours'

/** The usual week; special days stay as they are. */
export const setWeek = command({
  name: 'scheduling.calendar.set_week',
  input: z.strictObject({ businessId: id, providerId: id, weekly: weeklySchema }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: async (tx, { providerId, weekly }, { append, actor, tenantId }) => {
    await requireTended(tx, actor, tenantId, providerId)
    const plan = await changeRules(tx, providerId, (rules) => ({ ...rules, weekly }))
    await append(plan.events)
    await carryOut(tx, plan)
    return { providerId }
  },
})
