import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { id } from '@/server/core/fields'
import { bearerOf } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { tenantOfHold } from '@/server/scheduling/hold/queries'

/** What was booked with a hold, for whoever held it: its booking was made in the same go. */
export const findHeld = query({
  name: 'booking.appointment.find_held',
  input: z.strictObject({ holdId: id }),
  may: bearerOf('hold'),
  tenant: ({ holdId }) => tenantOfHold(holdId),
  resource: ({ holdId }) => holdId,
  run: async (tx, { holdId }, { tenantId }) => {
    const [made] = await tx.execute<{ id: string }>(sql`
      select made.aggregate_id as id from event_log used
      join event_log made on made.correlation_id = used.correlation_id and made.tenant_id = used.tenant_id
        and made.type = 'booking.appointment.created.v1' and made.data->>'holdId' = ${holdId}
      where used.tenant_id = ${tenantId} and used.aggregate_type = 'scheduling.hold'
        and used.aggregate_id = ${holdId} and used.type = 'scheduling.hold.used.v1'`)
    return { bookingId: made?.id ?? null }
  },
})
