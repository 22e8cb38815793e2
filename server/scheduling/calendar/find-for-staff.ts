import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { refuse } from '@/server/core/errors'
import { day, id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { DAY } from '@/server/core/time'
import { availability } from './model'
import { calendarFacts, calendarOf, isOffered } from './queries'

/** The free times of a provider as the business's own people see them: also of one that visitors are not shown. */
export const findForStaff = query({
  name: 'scheduling.calendar.find_for_staff',
  input: z.strictObject({
    businessId: id,
    providerId: id,
    serviceId: id,
    startDate: day,
    days: z.int().min(1).max(31).default(7),
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { providerId, serviceId, startDate, days }, { call, tenantId }) => {
    await requireTended(tx, call.actor, tenantId, providerId)
    const from = Date.parse(startDate) - 3 * DAY
    const window = { from, to: from + (days + 6) * DAY }
    const facts = await calendarFacts(tx, providerId, serviceId, window)
    if (facts?.tenantId !== tenantId) refuse('not_found')
    if (!isOffered(facts)) return { days: [] }
    const { timeZone } = facts.rules
    const found = availability({ ...calendarOf(facts, Date.now()), startDate, days, timeZone })
    return { days: found.days.map(({ date, slots }) => ({ date, times: slots })) }
  },
})
