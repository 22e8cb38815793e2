import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { hold } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { id, rfc3339 } from '@/server/core/fields'
import { bearerOf } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { publicVenues } from '@/server/location/venue/queries'
import { tenantOfHold } from './queries'

/** What a holder holds, and until when. */
export const showHold = query({
  name: 'scheduling.hold.show',
  input: z.strictObject({ holdId: id }),
  may: bearerOf('hold'),
  tenant: ({ holdId }) => tenantOfHold(holdId),
  resource: ({ holdId }) => holdId,
  run: async (tx, { holdId }) => {
    const [row] = await tx.select().from(hold).where(eq(hold.id, holdId))
    if (!row) refuse('not_found')
    const [venue] = await publicVenues(tx, [row.place])
    const over = row.status !== 'active' || row.expiresAt.getTime() <= Date.now()
    return {
      id: row.id,
      providerId: row.providerId,
      serviceId: row.serviceId,
      startTime: rfc3339(row.startsAt),
      endTime: rfc3339(row.endsAt),
      seats: row.seats,
      place: row.place,
      venue: venue ?? null,
      expiresAt: rfc3339(row.expiresAt),
      status: row.status,
      over,
    }
  },
})
