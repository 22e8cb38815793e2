import { z } from 'zod'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import { expose, router } from '@/server/procedure'
import { archiveProvider } from './archive'
import { createProvider } from './create'
import { linkProvider } from './link'
import { listedProvider, listProviders } from './list'
import { getProvider } from './queries'
import { searchProviders } from './search'
import { setFeed } from './set-feed'
import { setRoom } from './set-room'
import { updateProvider } from './update'

const offered = z.object({
  id: z.guid(),
  name: z.string(),
  durationMinutes: z.int(),
  price: z.object({ amount: z.int(), currency: z.string() }),
})
const found = z.object({
  id: z.guid(),
  name: z.string(),
  businessId: z.guid(),
  businessName: z.string(),
  businessSlug: z.string(),
  timeZone: z.string(),
  nextFree: z.iso.datetime().nullable(),
  /** `online`, or a venue by its id with its name and city. */
  places: z.array(z.object({ id: placeSchema, name: z.string(), city: z.string() })),
  services: z.array(offered),
})
const details = {
  description: z.string(),
  capacity: z.int(),
  requiresApproval: z.boolean(),
  requiresPayment: z.boolean(),
}

export const providerRouter = router({
  create: expose(createProvider),
  setFeed: expose(setFeed),
  setRoom: expose(setRoom),
  update: expose(updateProvider),
  archive: expose(archiveProvider),
  link: expose(linkProvider),
  list: expose(listProviders),
  showOwn: expose(listedProvider),
  search: expose(searchProviders, {
    rest: {
      method: 'GET',
      path: '/providers',
      summary: 'Find a provider',
      answer: z.object({
        providers: z.array(found.extend({ distanceKm: z.number().optional() })),
        nextCursor: z.string().nullable(),
      }),
    },
  }),
  get: expose(getProvider, {
    rest: {
      method: 'GET',
      path: '/providers/{id}',
      summary: 'A provider and what they offer',
      answer: found.extend({
        bio: z.string(),
        services: z.array(offered.extend(details)),
      }),
    },
  }),
})
