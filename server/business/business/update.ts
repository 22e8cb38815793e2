import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { business } from '@/db/schema'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { businessUpdated } from './events'
import { profileFields } from './model'

/** What a business says of itself. Its address stays: links to it are out in the world. */
export const updateBusiness = command({
  name: 'business.business.update',
  input: z.strictObject({
    businessId: id,
    changes: z
      .strictObject(profileFields)
      .partial()
      .refine((c) => Object.keys(c).length > 0, 'needs at least one field'),
  }),
  may: members('owner', 'admin'),
  locks: (_tx, { businessId }) => [`business:${businessId}`],
  run: async (tx, { businessId, changes }, { append }) => {
    await append([businessUpdated(businessId, { businessId, changes })])
    await tx.update(business).set(changes).where(eq(business.tenantId, businessId))
    return { businessId }
  },
})
