import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { venue } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { venueLocks } from './capabilities'
import { venueUpdated } from './events'
import { venueLife } from './model'
import { isSomewhere, venueFields } from './model-details'
import { loadVenue, searched } from './queries'

/** All of what is known of it, as it is now. Bookings there say the new address from now on. */
export const updateVenue = command({
  name: 'location.venue.update',
  input: z.strictObject({ businessId: id, venueId: id, ...venueFields }).refine(...isSomewhere),
  may: members('owner', 'admin'),
  locks: (_tx, { venueId }) => venueLocks(venueId),
  run: async (tx, { businessId, venueId, ...details }, { tenantId, append }) => {
    venueLife.next((await loadVenue(tx, venueId)).status, 'update')
    await append([venueUpdated(venueId, { venueId, businessId, ...details })])
    await tx
      .update(venue)
      .set({ ...details, ...searched(details) })
      .where(and(eq(venue.tenantId, tenantId), eq(venue.id, venueId)))
    return { venueId }
  },
})
