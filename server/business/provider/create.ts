import { z } from 'zod'
import { calendar, provider } from '@/db/schema'
import { command } from '@/server/core/command'
import { id, line, prose } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { requirePlaces, venueLocks } from '@/server/location/venue/capabilities'
import { calendarCreated } from '@/server/scheduling/calendar/events'
import { placesNamed, rulesSchema } from '@/server/scheduling/calendar/model'
import { assignServices, refuseUnknownServices } from './capabilities'
import { providerCreated } from './events'

/** Somebody who can be booked, with the hours they keep: a provider without a calendar does not exist. */
export const createProvider = command({
  name: 'business.provider.create',
  input: z.strictObject({
    businessId: id,
    name: line(120),
    bio: prose(4000).default(''),
    rules: rulesSchema,
    serviceIds: z.array(id).max(200).default([]),
    userId: id.nullable().default(null),
    published: z.boolean().default(true),
  }),
  may: members('owner', 'admin'),
  locks: (_tx, { rules }) => venueLocks(...placesNamed(rules)),
  run: async (tx, { businessId, rules, ...profile }, { tenantId, append }) => {
    await refuseUnknownServices(tx, profile.serviceIds)
    await requirePlaces(tx, placesNamed(rules))
    const providerId = newId()
    const { timeZone } = rules
    await append([
      providerCreated(providerId, { providerId, businessId, ...profile, timeZone }),
      calendarCreated(providerId, { providerId, businessId, rules }),
    ])
    const { serviceIds, ...row } = profile
    await tx.insert(provider).values({ tenantId, id: providerId, ...row, timeZone, status: 'active' })
    await tx.insert(calendar).values({ tenantId, providerId, rules })
    await assignServices(tx, tenantId, providerId, serviceIds)
    return { providerId }
  },
})
