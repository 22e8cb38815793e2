import { and, eq, gt, inArray, max } from 'drizzle-orm'
import { z } from 'zod'
import { contact, provider, providerService, service, slot, waitlist } from '@/db/schema'
import { clientFields, clientLock, clientOf } from '@/server/booking/appointment/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { anyone } from '@/server/core/policy'
import { countInDatabase } from '@/server/core/rate-limit'
import { carryOut, merge, type Plan } from '@/server/scheduling/calendar/capabilities'
import { waitlistJoined } from './events'
import { overAt, providersOf, waitingPerContact, wish } from './model'
import { serviceTenant, stillWaits } from './queries'

/** Whoever joins may be kept a place for an hour, and addresses are invented easily; networks are not. */
const joins = { name: 'waitlist-join', max: 20, seconds: 3600 }

/** Puts somebody on the list. The same wish twice is the same place in it. */
export const joinWaitlist = command({
  name: 'booking.waitlist.join',
  input: z.strictObject({
    serviceId: id,
    wish,
    client: clientFields,
    seats: z.int().min(1).max(100).default(1),
  }),
  may: anyone,
  tenant: ({ serviceId }) => serviceTenant(serviceId),
  locks: (_tx, { client }, _call, tenantId) => clientLock(tenantId, client),
  run: async (tx, input, { tenantId, now, network, append }) => {
    const until = new Date(overAt(input.wish))
    if (until <= now) refuse('conflict', 'in_the_past')
    const wanted = [...new Set(providersOf(input.wish))]
    const offering = await tx
      .select({ id: provider.id, capacity: service.capacity })
      .from(provider)
      .innerJoin(
        providerService,
        and(eq(providerService.tenantId, provider.tenantId), eq(providerService.providerId, provider.id)),
      )
      .innerJoin(
        service,
        and(eq(service.tenantId, provider.tenantId), eq(service.id, providerService.serviceId)),
      )
      .where(
        and(
          eq(service.id, input.serviceId),
          eq(service.status, 'active'),
          inArray(provider.id, wanted),
          eq(provider.published, true),
          eq(provider.status, 'active'),
        ),
      )
    if (offering.length !== wanted.length) refuse('not_found')
    const [written] = await tx
      .select({ capacity: max(slot.capacity) })
      .from(slot)
      .where(
        and(
          eq(slot.serviceId, input.serviceId),
          inArray(slot.providerId, wanted),
          eq(slot.status, 'open'),
          gt(slot.startsAt, now),
        ),
      )
    const most = Math.max(written?.capacity ?? 0, ...offering.map(({ capacity }) => capacity))
    if (input.seats > most) refuse('malformed', 'malformed', { errors: { seats: `is at most ${most}` } })
    const waiting = await tx
      .select({ row: waitlist })
      .from(waitlist)
      .innerJoin(contact, and(eq(contact.tenantId, waitlist.tenantId), eq(contact.id, waitlist.contactId)))
      .where(and(eq(contact.email, input.client.email), stillWaits(now)))
    const same = waiting.find(
      ({ row }) => row.serviceId === input.serviceId && canonical(row.wish) === canonical(input.wish),
    )
    if (same) return { id: same.row.id, status: same.row.status }
    if (waiting.length >= waitingPerContact)
      refuse('conflict', 'too_many_waiting', { limit: waitingPerContact })
    if (network) await countInDatabase(joins, network)
    const person = await clientOf(tx, tenantId, input.client, now)
    const contactId = person.clientId
    const entryId = newId()
    const { serviceId, seats } = input
    const joined: Plan = {
      events: [
        waitlistJoined(entryId, {
          waitlistId: entryId,
          businessId: tenantId,
          clientId: contactId,
          serviceId,
          seats,
          wish: input.wish,
        }),
      ],
      write: [
        (t) =>
          t.insert(waitlist).values({
            tenantId,
            id: entryId,
            serviceId,
            contactId,
            seats,
            wish: input.wish,
            providerIds: wanted,
            status: 'waiting',
            offer: null,
            joinedAt: now,
            overAt: until,
          }),
      ],
    }
    const all = merge(person.plan, joined)
    await append(all.events)
    await carryOut(tx, all)
    return { id: entryId, status: 'waiting' as const }
  },
})

const canonical = (value: object): string =>
  JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
