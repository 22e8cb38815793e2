import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

const canRead = { roles: ['owner', 'admin', 'provider'] } as const
const topics = ({ tenantId }: { tenantId: string }) => [`business:${tenantId}`, `catalogue:${tenantId}`]

const who = { venueId: z.guid(), businessId: z.guid() }
const details = {
  name: z.string(),
  lines: z.array(z.string()),
  postalCode: z.string(),
  city: z.string(),
  country: z.string(),
  timeZone: z.string(),
  phone: z.string().nullable(),
  /** How to get in: may be the code of a door. */
  access: z.string().nullable(),
  note: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  fenceMetres: z.int().nullable(),
}

const told = {
  schema: z.strictObject({ ...who, ...details }),
  retention: 'y3',
  private: ['access', 'note'],
  subject: (d: { venueId: string }) => d.venueId,
  topics,
  canRead,
} as const

export const venueCreated = defineEvent('location.venue.created.v1', { birth: true, ...told })
export const venueUpdated = defineEvent('location.venue.updated.v1', told)
export const venueArchived = defineEvent('location.venue.archived.v1', {
  schema: z.strictObject(who),
  retention: 'y3',
  topics,
  canRead,
})
