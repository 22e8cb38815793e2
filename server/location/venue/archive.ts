import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { venue } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { venueLocks } from './capabilities'
import { venueArchived } from './events'
import { venueLife } from './model'
import { loadVenue, usesOf } from './queries'

/** No longer to be chosen; what was booked there stays. Refused while hours or classes ahead name it. */
export const archiveVenue = command({
  name: 'location.venue.archive',
  input: z.strictObject({ businessId: id, venueId: id }),
  may: members('owner', 'admin'),
  locks: (_tx, { venueId }) => venueLocks(venueId),
  run: async (tx, { businessId, venueId }, { tenantId, append }) => {
    const status = venueLife.next((await loadVenue(tx, venueId)).status, 'archive')
    const uses = await usesOf(tx, venueId)
    if (uses.length > 0) refuse('conflict', 'place_in_use', { providers: uses.map(({ name }) => name) })
    await append([venueArchived(venueId, { venueId, businessId })])
    await tx
      .update(venue)
      .set({ status })
      .where(and(eq(venue.tenantId, tenantId), eq(venue.id, venueId)))
    return { venueId, status }
  },
})
