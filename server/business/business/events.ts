import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

const topics = ({ tenantId }: { tenantId: string }) => [`business:${tenantId}`, `catalogue:${tenantId}`]
const canRead = { roles: ['owner', 'admin', 'provider'], external: true } as const

const profile = {
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  language: z.string(),
  accent: z.string().nullable(),
}

export const businessCreated = defineEvent('business.business.created.v1', {
  birth: true,
  schema: z.strictObject({ businessId: z.guid(), subdomain: z.string(), ownerId: z.guid(), ...profile }),
  retention: 'y3',
  topics,
  canRead,
})

/** The picture's version, which is also its address. The picture itself stands beside the log. */
export const businessLogoChanged = defineEvent('business.business.logo_changed.v1', {
  schema: z.strictObject({ businessId: z.guid(), logo: z.string().nullable() }),
  retention: 'y3',
  topics,
  canRead,
})

export const businessUpdated = defineEvent('business.business.updated.v1', {
  schema: z.strictObject({ businessId: z.guid(), changes: z.strictObject(profile).partial() }),
  retention: 'y3',
  topics,
  canRead,
})
