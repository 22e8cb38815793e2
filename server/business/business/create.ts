import { z } from 'zod'
import { business, membership } from '@/db/schema'
import { membershipGranted } from '@/server/auth/membership/events'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { signedIn } from '@/server/core/policy'
import { businessCreated } from './events'
import { profileFields, slugField } from './model'

export const createBusiness = command({
  name: 'business.business.create',
  input: z.strictObject({
    name: profileFields.name,
    slug: slugField,
    timeZone: profileFields.timeZone,
    currency: profileFields.currency.default('EUR'),
    language: profileFields.language.default('en'),
  }),
  may: signedIn,
  tenant: () => newId(),
  constraints: { business_slug_unique: ['address_taken'] },
  run: async (tx, input, { actor, tenantId, now, append }) => {
    if (actor.kind !== 'user') refuse('unauthenticated')
    const membershipId = newId()
    const { slug, ...profile } = { ...input, accent: null }
    await append([
      businessCreated(tenantId, { businessId: tenantId, subdomain: slug, ownerId: actor.userId, ...profile }),
      membershipGranted(membershipId, {
        membershipId,
        businessId: tenantId,
        userId: actor.userId,
        role: 'owner',
      }),
    ])
    await tx.insert(business).values({ tenantId, slug, ...profile, ownerId: actor.userId, createdAt: now })
    await tx
      .insert(membership)
      .values({ tenantId, id: membershipId, userId: actor.userId, role: 'owner', grantedAt: now })
    return { businessId: tenantId, slug }
  },
})
