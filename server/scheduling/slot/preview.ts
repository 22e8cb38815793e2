import { z } from 'zod'
import type { Tx } from '@/db/client'
import { requireTended } from '@/server/business/provider/capabilities'
import { sha256 } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { id, instant } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { toLocal } from '@/server/core/time'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import { clearExpired } from '../calendar/capabilities'
import { calendarTime } from '../calendar/queries'
import { nameClashes } from '../series/capabilities'
import { type Impact, shownSlot } from '../series/model-impact'
import { clashesOf } from '../series/model-plan'
import { type SlotRow, type SlotTerms, seeSlots, slotPlace } from './arrange'
import { hasMoved, mostSeats, slotLife, whyNotTimes } from './model'
import { bookedIn, loadSlot, loadSlotService } from './queries'

export const slotChangesSchema = z
  .strictObject({
    startTime: instant,
    endTime: instant,
    maxBookings: z.int().min(1).max(mostSeats),
    isAvailable: z.boolean(),
    place: placeSchema.nullable(),
  })
  .partial()

/** What a change of one slot would bring about, and for whom; `wanted: null` is its end. */
export const previewSlot = query({
  name: 'scheduling.slot.preview',
  input: z.strictObject({ businessId: id, slotId: id, wanted: slotChangesSchema.nullable() }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { slotId, wanted }, { call, tenantId }): Promise<Impact> => {
    const row = await loadSlot(tx, slotId)
    await requireTended(tx, call.actor, tenantId, row.providerId)
    const plan = await planSlot(tx, row, wanted ?? {}, new Date())
    const { was, to, booked, version, isSame } = plan
    const clashes = wanted ? [...(await nameClashes(tx, plan.clashes)).values()].flat() : []
    const people = booked.map(({ bookingId, name, seats }) => ({ bookingId, name, seats }))
    const slot = { slotId, people }
    const changed = [{ ...shownSlot(to), ...slot, was: shownSlot(was), clashes }]
    return {
      version,
      created: [],
      changed: wanted && !isSame ? changed : [],
      lost: wanted ? [] : [{ ...shownSlot(was), ...slot }],
      same: wanted && isSame ? 1 : 0,
      apart: [],
      people: booked.length,
      clashes: clashes.length > 0 ? 1 : 0,
    }
  },
})

/** One slot as it is to be, and what stands in the way of that. */
export async function planSlot(tx: Tx, row: SlotRow, wanted: z.output<typeof slotChangesSchema>, now: Date) {
  slotLife.next(row.status, 'update')
  if (row.origin !== 'written') refuse('conflict', 'not_written')
  const [service, [seen], booked] = await Promise.all([
    loadSlotService(tx, row.serviceId),
    seeSlots(tx, [row]),
    bookedIn(tx, [row.id]),
  ])
  if (!seen) refuse('not_found')
  const startsAt = wanted.startTime ? Date.parse(wanted.startTime) : seen.startsAt
  const endsAt = wanted.endTime ? Date.parse(wanted.endTime) : startsAt + seen.endsAt - seen.startsAt
  const wrong = whyNotTimes(startsAt, endsAt)
  if (wrong) refuse('malformed', 'malformed', { errors: { endTime: wrong } })
  const { maxBookings: capacity = seen.capacity, isAvailable: open = seen.open } = wanted
  const { seriesId, occursOn } = seen
  const window = {
    from: Math.min(startsAt, seen.startsAt) - margin,
    to: Math.max(endsAt, seen.endsAt) + margin,
  }
  const facts = (await calendarTime(tx, row.providerId, window)) ?? refuse('not_found')
  const stale = clearExpired(facts, window, now)
  const place =
    wanted.place === undefined || wanted.place === seen.place
      ? seen.place
      : await slotPlace(tx, facts, service, wanted.place)
  const dateAt = (at: number) => toLocal(facts.rules.timeZone, at).date
  const terms: SlotTerms = { startsAt, endsAt, capacity, open, seriesId, occursOn, place }
  const was = { ...seen, date: dateAt(seen.startsAt) }
  const to = { ...terms, date: dateAt(startsAt) }
  const others = facts.busy.filter((o) => o.refId !== row.id)
  const matching = { created: [], changed: [{ was, to }], same: [], lost: [] }
  const clashes = clashesOf(matching, others, service, now.getTime())
  const moves = hasMoved(was, to)
  const isSame = !moves && capacity === was.capacity && open === was.open
  const version = sha256(
    JSON.stringify([
      was.startsAt,
      was.endsAt,
      was.capacity,
      was.open,
      was.place,
      booked.map((b) => [b.bookingId, b.seats]),
    ]),
  ).slice(0, 22)
  return { service, facts, stale, was, to, clashes, moves, isSame, booked, version }
}

/** The widest buffers there are. */
const margin = 24 * 60 * 60_000
