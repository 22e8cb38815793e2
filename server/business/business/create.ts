import { z } from 'zod'
import { business, membership } from '@/db/schema'
import { membershipGranted } from '@/server/auth/membership/events'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { currency, line } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { signedIn } from '@/server/core/policy'
import { isZone } from '@/server/core/time'
import { businessCreated } from './events'
import { reservedSlugs, slugPattern } from './model'

export const createBusiness = command({
  name: 'business.business.create',
  input: z.strictObject({
    name: line(120),
    slug: z
      .string()
      .max(40)
      .regex(slugPattern, 'needs 3 to 40 lower-case letters, digits or hyphens')
      .refine((s) => !(reservedSlugs as readonly string[]).includes(s), 'is reserved'),
    timeZone: z.string().max(64).refine(isZone, 'is not an IANA time zone'),
    currency: currency.default('EUR'),
    language: z.enum(['en', 'de']).default('en'),
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
