import { z } from 'zod'
import { venue } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { venueCreated } from './events'
import { isSomewhere, venueFields } from './model-details'
import { searched } from './queries'

/** A place to meet at: for hours, classes and whatever else happens somewhere. */
export const createVenue = command({
  name: 'location.venue.create',
  input: z.strictObject({ businessId: id, ...venueFields }).refine(...isSomewhere),
  may: members('owner', 'admin'),
  run: async (tx, { businessId, ...details }, { tenantId, append }) => {
    const venueId = newId()
    await append([venueCreated(venueId, { venueId, businessId, ...details })])
    await tx
      .insert(venue)
      .values({ tenantId, id: venueId, ...details, ...searched(details), status: 'active' })
    return { venueId }
  },
})
