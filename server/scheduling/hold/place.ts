import { and, eq, gt, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { hold } from '@/db/schema'
import { command } from '@/server/core/command'
import { sha256 } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { anyone } from '@/server/core/policy'
import { MINUTE } from '@/server/core/time'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import {
  calendarLock,
  carryOut,
  clearExpired,
  factsAround,
  merge,
  takePlace,
  windowOf,
} from '../calendar/capabilities'
import { type CalendarFacts, tenantOfProvider } from '../calendar/queries'
import { type HoldRow, newHold } from './capabilities'
import {
  holdEnd,
  holdMinutes,
  holdsOfOneTime,
  holdsPerHolder,
  holdsPerNetwork,
  rememberedMinutes,
  turnsPerNetwork,
} from './model'

/**
 * Keeps a time for whoever is filling in the form. Never renewed: a new hold needs the time to be free, and whoever let
 * go of it again and again has to book it or to leave it to others for a while.
 */
export const placeHold = command({
  name: 'scheduling.hold.place',
  input: z.strictObject({
    providerId: id,
    serviceId: id,
    startTime: instant,
    seats: z.int().min(1).max(100).default(1),
    /** Where it was said to be: refused where that has changed. */
    place: placeSchema.nullable().optional(),
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
  run: async (tx, input, { now, network, append }) => {
    const startsAt = Date.parse(input.startTime)
    const holder = sha256(input.holder)
    const from = network ? sha256(`hold:${network}`) : null
    const [facts, holding, before] = await Promise.all([
      factsAround(tx, input.providerId, input.serviceId, startsAt),
      tx
        .select()
        .from(hold)
        .where(
          and(
            or(eq(hold.holder, holder), from ? eq(hold.network, from) : undefined),
            eq(hold.status, 'active'),
            sql`expires_at > clock_timestamp()`,
          ),
        ),
      heldBefore(tx, input, { holder, network: from, now }),
    ])
    if (!facts.provider.published) refuse('not_found')
    const own = holding.filter((one) => one.holder === holder)
    const same = own.find((one) => isSame(one, input))
    if (same) return shown(same)
    if (own.length >= holdsPerHolder) refuse('conflict', 'too_many_holds', { limit: holdsPerHolder })
    if (holding.filter((one) => one.network === from).length >= holdsPerNetwork)
      refuse('conflict', 'too_many_holds', { limit: holdsPerNetwork })
    const seats = seatsAt(facts, startsAt)
    if (before.byHolder >= holdsOfOneTime || before.seatsByNetwork >= turnsPerNetwork * seats)
      refuse('conflict', 'held_too_often', { minutes: rememberedMinutes })
    const holdId = newId()
    const expiresAt = new Date(holdEnd(startsAt, now.getTime()))
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
      where: input.place,
    })
    const by = { holdId, seats: input.seats, holder, network: from, expiresAt }
    const held = newHold(facts, place, by)
    const all = merge(stale, held.said, plan, held.kept)
    await append(all.events)
    await carryOut(tx, all)
    return shown({ id: holdId, startsAt: new Date(startsAt), endsAt: new Date(place.endsAt), expiresAt })
  },
})

type Time = { providerId: string; startTime: string }
type By = { holder: string; network: string | null; now: Date }

/** How often this very time was held of late by the same ones and not booked. */
async function heldBefore(tx: Tx, { providerId, startTime }: Time, { holder, network, now }: By) {
  const since = new Date(now.getTime() - (rememberedMinutes - holdMinutes) * MINUTE)
  const [row] = await tx
    .select({
      byHolder: sql<number>`(count(*) filter (where ${hold.holder} = ${holder}))::int`,
      seatsByNetwork: sql<number>`coalesce(sum(${hold.seats}) filter (where ${hold.network} = ${network}), 0)::int`,
    })
    .from(hold)
    .where(
      and(
        eq(hold.providerId, providerId),
        eq(hold.startsAt, new Date(startTime)),
        // Its index is for these only; named outright, so that a prepared plan knows.
        sql`${hold.status} <> 'used'`,
        gt(hold.expiresAt, since),
      ),
    )
  return row ?? { byHolder: 0, seatsByNetwork: 0 }
}

const seatsAt = ({ service, slots }: CalendarFacts, startsAt: number): number =>
  Math.max(service.capacity, ...slots.filter((s) => s.startsAt === startsAt).map((s) => s.capacity))

type Wanted = Pick<HoldRow, 'providerId' | 'serviceId' | 'seats'> & {
  startTime: string
  place?: HoldRow['place'] | undefined
}

/** Asked for twice by an impatient finger, it is the hold there is, with the time it has left. */
const isSame = (held: HoldRow, { providerId, serviceId, seats, startTime, place }: Wanted): boolean =>
  held.providerId === providerId &&
  held.serviceId === serviceId &&
  held.seats === seats &&
  held.startsAt.getTime() === Date.parse(startTime) &&
  (place === undefined || held.place === place)

const shown = ({
  id,
  startsAt,
  endsAt,
  expiresAt,
}: Pick<HoldRow, 'id' | 'startsAt' | 'endsAt' | 'expiresAt'>) => ({
  id,
  startTime: rfc3339(startsAt),
  endTime: rfc3339(endsAt),
  expiresAt: rfc3339(expiresAt),
})
