import { z } from 'zod'
import { refuse } from '@/server/core/errors'
import { day, id } from '@/server/core/fields'
import { bearerOf } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { canonicalZone, DAY, isZone } from '@/server/core/time'
import { availability } from '@/server/scheduling/calendar/model'
import { calendarFacts, calendarOf, isOffered } from '@/server/scheduling/calendar/queries'
import { asLong, leavePlace, loadAppointment, withoutPlace } from './capabilities'
import { tenantOfAppointment } from './queries'

/** The times to which a booking can be moved with whom it is with: those that are free once it has left its own. */
export const findOtherTimes = query({
  name: 'booking.appointment.find_other_times',
  input: z.strictObject({
    id,
    startDate: day,
    days: z.int().min(1).max(62),
    timeZone: z.string().max(64).refine(isZone, 'is not an IANA time zone').transform(canonicalZone),
  }),
  may: bearerOf('appointment', 'owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  resource: ({ id }) => id,
  run: async (tx, { id, startDate, days, timeZone }) => {
    const now = new Date()
    const row = await loadAppointment(tx, id)
    const from = Date.parse(startDate) - 3 * DAY
    const window = { from, to: from + (days + 6) * DAY }
    const found = (await calendarFacts(tx, row.providerId, row.serviceId, window)) ?? refuse('not_found')
    if (!isOffered(found)) return []
    const facts = asLong(found, row)
    leavePlace(facts, row, now)
    withoutPlace(facts, facts, row)
    const shown = availability({ ...calendarOf(facts, now.getTime()), startDate, days, timeZone })
    const isOther = (startTime: string) => Date.parse(startTime) !== row.startsAt.getTime()
    return shown.days.map(({ date, slots }) => ({
      date,
      times: slots
        .filter((slot) => slot.seatsLeft >= row.seats && isOther(slot.startTime))
        .map(({ status: _, ...time }) => ({ ...time, providerIds: [row.providerId] })),
    }))
  },
})
