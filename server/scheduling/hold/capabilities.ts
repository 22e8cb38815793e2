import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { hold } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import type { DefinedEvent, NewEvent } from '@/server/core/events'
import { rfc3339 } from '@/server/core/fields'
import { convertPlace, merge, type Place, type Plan, release } from '../calendar/capabilities'
import type { CalendarFacts } from '../calendar/queries'
import { freeSeats, recount } from '../slot/capabilities'
import { holdExpired, holdPlaced, holdReleased, holdUsed } from './events'
import { type HoldStatus, holdLife } from './model'

export type HoldRow = typeof hold.$inferSelect

export async function loadHold(tx: Tx, holdId: string): Promise<HoldRow> {
  const [row] = await tx.select().from(hold).where(eq(hold.id, holdId))
  return row ?? refuse('not_found')
}

/** A hold on a place that is being taken: what is said of it before, and kept of it after, the place's own plan. */
export function newHold(
  facts: CalendarFacts,
  { startsAt, endsAt, slotId, where = null }: Place,
  by: { holdId: string; seats: number; holder: string; network: string | null; expiresAt: Date },
): { said: Plan; kept: Plan } {
  const { provider, service } = facts
  const what = { providerId: provider.id, serviceId: service.id, slotId, seats: by.seats, place: where }
  const times = { startTime: rfc3339(startsAt), endTime: rfc3339(endsAt) }
  const { holdId: id, holder, network, expiresAt } = by
  const row = {
    tenantId: facts.tenantId,
    id,
    ...what,
    holder,
    network,
    expiresAt,
    status: 'active' as const,
  }
  const write: Plan['write'] = [
    (tx) => tx.insert(hold).values({ ...row, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }),
  ]
  if (slotId) write.push((tx) => recount(tx, slotId))
  const placed = holdPlaced(id, { holdId: id, ...what, ...times, expiresAt: expiresAt.toISOString() })
  return { said: { events: [placed], write: [] }, kept: { events: [], write } }
}

const ends: Record<'release' | 'expire', DefinedEvent<string, { holdId: string; providerId: string }>> = {
  release: holdReleased,
  expire: holdExpired,
}

const ended = (row: HoldRow, event: NewEvent, status: HoldStatus): Plan => ({
  events: [event],
  write: [(tx) => tx.update(hold).set({ status }).where(eq(hold.id, row.id))],
})

/** Gives back what a hold kept. */
export function endHold(facts: CalendarFacts, row: HoldRow, how: 'release' | 'expire', now: Date): Plan {
  const status = holdLife.next(row.status, how)
  const said = ended(row, ends[how](row.id, { holdId: row.id, providerId: row.providerId }), status)
  const group = row.slotId ? facts.slots.find((s) => s.id === row.slotId) : undefined
  if (group) return merge(said, freeSeats(facts, group, { holdId: row.id, seats: row.seats }, now))
  const taken = facts.busy.find((o) => o.refId === row.id)
  if (!taken) return said
  const place = { availabilityId: taken.id, slotId: null, startsAt: taken.startsAt, endsAt: taken.endsAt }
  return merge(said, release(facts, place, 'held', null, now))
}

/** A hold becomes a booking, at the same place. One that ran out does not, even if nobody has cleared it yet; nor one whose time has begun. */
export function useHold(
  facts: CalendarFacts,
  row: HoldRow,
  bookingId: string,
  now: Date,
): { place: Place; plan: Plan } {
  if (row.startsAt <= now) refuse('conflict', 'in_the_past')
  if (row.expiresAt <= now) refuse('conflict', 'hold_expired')
  const status = holdLife.next(row.status, 'use')
  const taken = facts.busy.find((o) => o.refId === row.id)
  const place: Place = {
    availabilityId: row.slotId ?? taken?.id ?? refuse('conflict', 'hold_expired'),
    slotId: row.slotId,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    where: row.place,
  }
  const said = ended(row, holdUsed(row.id, { holdId: row.id, providerId: row.providerId }), status)
  return { place, plan: merge(said, convertPlace(facts, place, row.id, bookingId, now)) }
}
