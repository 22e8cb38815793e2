import { and, eq, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { hold } from '@/db/schema'
import { command } from '@/server/core/command'
import { sha256 } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { anyone } from '@/server/core/policy'
import { MINUTE } from '@/server/core/time'
import {
  calendarLock,
  carryOut,
  clearExpired,
  factsAround,
  merge,
  takePlace,
  windowOf,
} from '../calendar/capabilities'
import { tenantOfProvider } from '../calendar/queries'
import { recount } from '../slot/capabilities'
import { holdPlaced } from './events'
import { holdMinutes, holdsPerHolder, holdsPerNetwork } from './model'

/** Keeps a time for whoever is filling in the form. Never renewed: a new hold needs the time to be free. */
export const placeHold = command({
  name: 'scheduling.hold.place',
  input: z.strictObject({
    providerId: id,
    serviceId: id,
    startTime: instant,
    seats: z.int().min(1).max(100).default(1),
    /** Who holds, as the page remembers it. Capped; and since anybody can invent one, so is the network they come from. */
    holder: z.string().min(16).max(128),
  }),
  may: anyone,
  tenant: ({ providerId }) => tenantOfProvider(providerId),
  locks: (_tx, { providerId, holder }, { network }) => [
    calendarLock(providerId),
    `holder:${sha256(holder)}`,
    ...(network ? [`holder-network:${network}`] : []),
  ],
  constraints: { occupancy_never_overlaps: ['slot_taken'], slot_never_oversold: ['slot_taken'] },
  run: async (tx, input, { tenantId, now, network, append }) => {
    const startsAt = Date.parse(input.startTime)
    const holder = sha256(input.holder)
    const from = network ? sha256(`hold:${network}`) : null
    const [facts, [held]] = await Promise.all([
      factsAround(tx, input.providerId, input.serviceId, startsAt),
      tx
        .select({
          byHolder: sql<number>`(count(*) filter (where ${hold.holder} = ${holder}))::int`,
          byNetwork: sql<number>`(count(*) filter (where ${hold.network} = ${from}))::int`,
        })
        .from(hold)
        .where(
          and(
            or(eq(hold.holder, holder), from ? eq(hold.network, from) : undefined),
            eq(hold.status, 'active'),
            sql`expires_at > clock_timestamp()`,
          ),
        ),
    ])
    if (!facts.provider.published) refuse('not_found')
    if ((held?.byHolder ?? 0) >= holdsPerHolder)
      refuse('conflict', 'too_many_holds', { limit: holdsPerHolder })
    if ((held?.byNetwork ?? 0) >= holdsPerNetwork)
      refuse('conflict', 'too_many_holds', { limit: holdsPerNetwork })
    const holdId = newId()
    const expiresAt = new Date(now.getTime() + holdMinutes * MINUTE)
    const stale = clearExpired(facts, windowOf(facts, startsAt), now)
    const { place, plan } = await takePlace(tx, facts, {
      startsAt,
      seats: input.seats,
      status: 'held',
      kind: 'hold',
      refId: holdId,
      bookingId: null,
      expiresAt,
      now,
    })
    const { slotId } = place
    const times = { startTime: rfc3339(startsAt), endTime: rfc3339(place.endsAt) }
    const said = {
      holdId,
      providerId: input.providerId,
      serviceId: input.serviceId,
      slotId,
      ...times,
      seats: input.seats,
      expiresAt: expiresAt.toISOString(),
    }
    const all = merge(stale, { events: [holdPlaced(holdId, said)], write: [] }, plan)
    await append(all.events)
    all.write.push((t) =>
      t.insert(hold).values({
        tenantId,
        id: holdId,
        providerId: input.providerId,
        serviceId: input.serviceId,
        slotId,
        startsAt: new Date(startsAt),
        endsAt: new Date(place.endsAt),
        seats: input.seats,
        holder,
        network: from,
        status: 'active',
        expiresAt,
      }),
    )
    if (slotId) all.write.push((t) => recount(t, slotId))
    await carryOut(tx, all)
    return { id: holdId, ...times, expiresAt: rfc3339(expiresAt) }
  },
})
