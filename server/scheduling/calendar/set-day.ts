import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { isDate } from '@/server/core/time'
import { calendarLock, carryOut } from './capabilities'
import { rangesSchema, rulesSchema } from './model'
import { changeRules } from './set-hours'

/** One day unlike its week: other hours, none at all, or (null) as the week again. */
export const setDay = command({
  name: 'scheduling.calendar.set_day',
  input: z.strictObject({
    businessId: id,
    providerId: id,
    date: z.string().refine(isDate, 'is not a date'),
    ranges: rangesSchema.nullable(),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: async (tx, { providerId, date, ranges }, { append, actor, tenantId }) => {
    await requireTended(tx, actor, tenantId, providerId)
    const plan = await changeRules(tx, providerId, (rules) => {
      const { [date]: _, ...others } = rules.overrides
      const next = { ...rules, overrides: ranges ? { ...others, [date]: ranges } : others }
      if (!rulesSchema.safeParse(next).success)
        refuse('malformed', 'malformed', { errors: { date: 'has too many days' } })
      return next
    })
    await append(plan.events)
    await carryOut(tx, plan)
    return { providerId }
  },
})
