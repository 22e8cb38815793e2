import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { calendar, provider, series, service, slot } from '@/db/schema'
import { takingStatuses } from '@/server/booking/appointment/model'
import { requireTended } from '@/server/business/provider/capabilities'
import { refuse } from '@/server/core/errors'
import { id, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { lastDate } from '../series/model-recurrence'
import { recurrenceOf } from '../series/queries'
import { bookedIn } from './queries'

/** One slot with who booked it, and the series it is of. */
export const showSlot = query({
  name: 'scheduling.slot.show',
  input: z.strictObject({ businessId: id, slotId: id }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { slotId }, { call, tenantId }) => {
    const [found] = await tx
      .select({
        slot,
        series,
        rules: calendar.rules,
        serviceName: service.name,
        providerName: provider.name,
      })
      .from(slot)
      .innerJoin(service, and(eq(service.tenantId, slot.tenantId), eq(service.id, slot.serviceId)))
      .innerJoin(provider, and(eq(provider.tenantId, slot.tenantId), eq(provider.id, slot.providerId)))
      .innerJoin(
        calendar,
        and(eq(calendar.tenantId, slot.tenantId), eq(calendar.providerId, slot.providerId)),
      )
      .leftJoin(series, and(eq(series.tenantId, slot.tenantId), eq(series.id, slot.seriesId)))
      .where(eq(slot.id, slotId))
    if (!found) refuse('not_found')
    const { slot: row, series: of, rules, serviceName, providerName } = found
    await requireTended(tx, call.actor, tenantId, row.providerId)
    const { occursOn } = row
    return {
      id: row.id,
      serviceName,
      providerName,
      timeZone: of?.timeZone ?? rules.timeZone,
      startTime: rfc3339(row.startsAt),
      endTime: rfc3339(row.endsAt),
      taken: row.taken,
      maxBookings: row.capacity,
      status: row.status,
      origin: row.origin,
      place: row.place,
      /** Also who came, or did not: their seats were taken. */
      people: await bookedIn(tx, [row.id], takingStatuses),
      series:
        of && occursOn
          ? {
              id: of.id,
              occursOn,
              status: of.status,
              /** It goes its own way: changes of the series pass it by. */
              isApart: of.exDates.includes(occursOn),
              rrule: of.rrule,
              startDate: of.startDate,
              time: of.time,
              durationMinutes: of.durationMinutes,
              maxBookings: of.capacity,
              lastDate: lastDate(recurrenceOf(of)),
            }
          : null,
    }
  },
})
