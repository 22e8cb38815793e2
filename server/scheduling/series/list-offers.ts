import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { provider, providerService, service } from '@/db/schema'
import { tendedBy } from '@/server/business/provider/capabilities'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'

/** What can be written into whose calendar: every service with those who offer it, groups first. */
export const listOffers = query({
  name: 'scheduling.series.list_offers',
  input: z.strictObject({ businessId: id }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, _input, { call, tenantId }) => {
    const rows = await tx
      .select({
        service: { id: service.id, name: service.name, capacity: service.capacity },
        provider: { id: provider.id, name: provider.name },
      })
      .from(providerService)
      .innerJoin(
        service,
        and(eq(service.tenantId, providerService.tenantId), eq(service.id, providerService.serviceId)),
      )
      .innerJoin(
        provider,
        and(eq(provider.tenantId, providerService.tenantId), eq(provider.id, providerService.providerId)),
      )
      .where(and(tendedBy(call.actor, tenantId), eq(service.status, 'active'), eq(provider.status, 'active')))
      .orderBy(asc(service.name), asc(service.id), asc(provider.name), asc(provider.id))
      .limit(2000)
    const byService = Map.groupBy(rows, (r) => r.service.id)
    const offers = [...byService.values()].flatMap((group) => {
      const [first] = group
      return first ? [{ ...first.service, providers: group.map((r) => r.provider) }] : []
    })
    return { offers: offers.sort((a, b) => Number(b.capacity > 1) - Number(a.capacity > 1)) }
  },
})
