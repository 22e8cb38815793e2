import { z } from 'zod'
import type { Tx } from '@/db/client'
import { command } from '@/server/core/command'
import { isRefusal, refuse } from '@/server/core/errors'
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
  forAppointment,
  merge,
  type Plan,
  takePlace,
  windowOf,
} from '@/server/scheduling/calendar/capabilities'
import {
  type CalendarFacts,
  type FactSlot,
  offerOf,
  tenantOfProvider,
} from '@/server/scheduling/calendar/queries'
import { answersField, bornAppointment, clientFields, clientLock, clientOf } from './capabilities'
import { shownTerms } from './model-terms'
import { outstandingOf } from './queries'

const item = z.strictObject({
  providerId: id,
  serviceId: id,
  startTime: instant,
  seats: z.int().min(1).max(100).default(1),
  place: placeSchema.nullable().optional(),
  /** What it was said to cost and by which terms: refused where that has changed. */
  terms: shownTerms.optional(),
})
type Item = z.output<typeof item>

type Taken = { providerId: string; from: number; to: number; startsAt: number; endsAt: number }

/** What this very call has done by now, of which the database knows nothing yet. */
type SoFar = {
  taken: Taken[]
  /** Holds that were cleared away, and slots that went with them. */
  gone: Set<string>
  /** Slots in which seats came free. */
  slots: Map<string, FactSlot>
}

/** Several times for one person, all of them or none; what stands in the way is said for each. */
export const bookSeveral = command({
  name: 'booking.appointment.book_several',
  input: z.strictObject({
    items: z
      .array(item)
      .min(1)
      .max(30)
      .refine(
        (all) => new Set(all.map((i) => `${i.providerId} ${i.startTime}`)).size === all.length,
        'names a time twice',
      ),
    client: clientFields,
    answers: answersField.optional(),
  }),
  may: anyone,
  tenant: ({ items }) => tenantOfProvider((items[0] as Item).providerId),
  locks: (_tx, { items, client }, _call, tenantId) => [
    ...new Set(items.map((i) => calendarLock(i.providerId))),
    ...clientLock(tenantId, client),
  ],
  constraints: { occupancy_never_overlaps: ['slot_taken'], slot_never_oversold: ['slot_taken'] },
  run: async (tx, input, { tenantId, now, append }) => {
    const person = await clientOf(tx, tenantId, input.client, now)
    const { clientId } = person
    const plans: Plan[] = [person.plan]
    const soFar: SoFar = { taken: [], gone: new Set(), slots: new Map() }
    const conflicts: Record<string, unknown>[] = []
    const bookings = []
    for (const [index, wanted] of input.items.entries()) {
      try {
        const one = await planOne(tx, tenantId, wanted, {
          clientId,
          answers: input.answers ?? null,
          besides: person.besides,
          now,
          soFar,
        })
        plans.push(one.plan)
        bookings.push(one.booking)
      } catch (error) {
        if (!isRefusal(error) || error.kind !== 'conflict' || error.code === 'terms_changed') throw error
        conflicts.push({ index, startTime: wanted.startTime, code: error.code, ...error.data })
      }
    }
    if (conflicts.length > 0) refuse('conflict', 'some_taken', { conflicts })
    const all = merge(...plans)
    await append(all.events)
    await carryOut(tx, all)
    return { bookings }
  },
})

/** The facts as this call has made them. */
function apply({ taken, gone, slots }: SoFar, facts: CalendarFacts): void {
  facts.busy = facts.busy.filter((o) => !gone.has(o.refId))
  for (const t of taken.filter((o) => o.providerId === facts.provider.id))
    facts.busy.push({ ...t, id: newId(), kind: 'appointment', refId: '', expiresAt: null })
  facts.slots = facts.slots.filter((s) => !gone.has(s.id)).map((s) => slots.get(s.id) ?? s)
}

/** Clears what ran out, once in a call: times beside each other have the same holds around them. */
function clearOnce(soFar: SoFar, facts: CalendarFacts, startsAt: number, now: Date): Plan {
  const { busy, slots } = facts
  const stale = clearExpired(facts, windowOf(facts, startsAt), now)
  for (const o of busy) if (!facts.busy.includes(o)) soFar.gone.add(o.refId)
  for (const s of facts.slots) if (!slots.includes(s)) soFar.slots.set(s.id, s)
  return stale
}

type Of = Pick<Parameters<typeof bornAppointment>[2], 'clientId' | 'answers' | 'besides' | 'now'> & {
  soFar: SoFar
}

async function planOne(tx: Tx, tenantId: string, wanted: Item, { soFar, ...whose }: Of) {
  const startsAt = Date.parse(wanted.startTime)
  const facts = await factsAround(tx, wanted.providerId, wanted.serviceId, startsAt)
  if (facts.tenantId !== tenantId || !facts.provider.published) refuse('not_found')
  apply(soFar, facts)
  const bookingId = newId()
  const stale = clearOnce(soFar, facts, startsAt, whose.now)
  const { place, plan } = await takePlace(
    tx,
    facts,
    forAppointment(bookingId, { startsAt, seats: wanted.seats, where: wanted.place, now: whose.now }),
  )
  const { bufferBeforeMinutes, bufferAfterMinutes } = offerOf(facts.service)
  soFar.taken.push({
    providerId: wanted.providerId,
    startsAt: place.startsAt,
    endsAt: place.endsAt,
    from: place.startsAt - bufferBeforeMinutes * MINUTE,
    to: place.endsAt + bufferAfterMinutes * MINUTE,
  })
  const born = await bornAppointment(tx, facts, {
    ...whose,
    bookingId,
    place,
    seats: wanted.seats,
    holdId: null,
    shown: wanted.terms,
  })
  return {
    plan: merge(stale, plan, born.plan),
    booking: {
      id: bookingId,
      status: born.status,
      outstanding: outstandingOf({ status: born.status, requiresApproval: born.status === 'pending' }),
      startTime: rfc3339(place.startsAt),
      endTime: rfc3339(place.endsAt),
      ...born.meeting,
    },
  }
}
