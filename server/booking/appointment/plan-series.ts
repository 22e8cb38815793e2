import { z } from 'zod'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { anyone } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { addDays, DAY, toInstant, toLocal } from '@/server/core/time'
import { isBookable, nearestFree } from '@/server/scheduling/calendar/model'
import { calendarFacts, calendarOf, isOffered, tenantOfProvider } from '@/server/scheduling/calendar/queries'

const substitutes = 3

/** The same time again and again, by the provider's clock: which of them can be had, and what could stand in for the others. */
export const planSeries = query({
  name: 'booking.appointment.plan_series',
  input: z.strictObject({
    providerId: id,
    serviceId: id,
    startTime: instant,
    everyWeeks: z.int().min(1).max(8).default(1),
    times: z.int().min(2).max(30).default(10),
    seats: z.int().min(1).max(100).default(1),
  }),
  may: anyone,
  tenant: ({ providerId }) => tenantOfProvider(providerId),
  run: async (tx, { providerId, serviceId, startTime, everyWeeks, times, seats }) => {
    const first = Date.parse(startTime)
    const window = { from: first - 4 * DAY, to: first + (everyWeeks * 7 * times + 4) * DAY }
    const facts = await calendarFacts(tx, providerId, serviceId, window)
    if (!facts?.provider.published || !isOffered(facts)) return refuse('not_found')
    const { timeZone } = facts.rules
    const { date, minute } = toLocal(timeZone, first)
    const calendar = calendarOf(facts, Date.now())
    const dates = Array.from({ length: times }, (_, n) => {
      const day = addDays(date, n * everyWeeks * 7)
      const startsAt = n === 0 ? first : toInstant(timeZone, day, minute).instant
      const verdict = isBookable(calendar, startsAt, seats)
      const within = { from: startsAt - 3 * DAY, until: startsAt + 3 * DAY }
      const near = verdict.ok ? [] : nearestFree(calendar, startsAt, substitutes, { seats, within })
      return {
        startTime: rfc3339(startsAt),
        free: verdict.ok,
        place: (verdict.ok && verdict.place) || null,
        code: verdict.ok ? null : verdict.code,
        substitutes: near
          .sort((a, b) => a.startsAt - b.startsAt)
          .map((t) => ({ startTime: rfc3339(t.startsAt), place: t.place ?? null })),
      }
    })
    return { timeZone, dates }
  },
})
