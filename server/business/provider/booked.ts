import { and, count, eq, gt, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { appointment } from '@/db/schema'
import { takingStatuses } from '@/server/booking/appointment/model'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'

/** How many still come to a provider, by what they booked. */
export const bookedByService = query({
  name: 'business.provider.booked_by_service',
  input: z.strictObject({ businessId: id, providerId: id }),
  may: members('owner', 'admin'),
  run: async (tx, { providerId }) => {
    const rows = await tx
      .select({ serviceId: appointment.serviceId, appointments: count() })
      .from(appointment)
      .where(
        and(
          eq(appointment.providerId, providerId),
          gt(appointment.startsAt, new Date()),
          inArray(appointment.status, [...takingStatuses]),
        ),
      )
      .groupBy(appointment.serviceId)
    return { services: rows }
  },
})
