import { z } from 'zod'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { anyone } from '@/server/core/policy'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import {
  calendarLock,
  carryOut,
  clearExpired,
  factsAround,
  forAppointment,
  merge,
  takePlace,
  windowOf,
} from '@/server/scheduling/calendar/capabilities'
import { tenantOfProvider } from '@/server/scheduling/calendar/queries'
import { answersField, bornAppointment, clientFields, clientLock, clientOf } from './capabilities'
import { shownTerms } from './model-terms'
import { outstandingOf } from './queries'

/** Books a time directly: available → booked in one transaction. */
export const bookAppointment = command({
  name: 'booking.appointment.book',
  input: z.strictObject({
    providerId: id,
    serviceId: id,
    startTime: instant,
    client: clientFields,
    seats: z.int().min(1).max(100).default(1),
    /** Where it was said to be: refused where that has changed. */
    place: placeSchema.nullable().optional(),
    answers: answersField.optional(),
    /** What it was said to cost and by which terms: refused where that has changed. */
    terms: shownTerms.optional(),
  }),
  may: anyone,
  tenant: ({ providerId }) => tenantOfProvider(providerId),
  locks: (_tx, { providerId, client }, _call, tenantId) => [
    calendarLock(providerId),
    ...clientLock(tenantId, client),
  ],
  constraints: { occupancy_never_overlaps: ['slot_taken'], slot_never_oversold: ['slot_taken'] },
  run: async (tx, input, { tenantId, now, append }) => {
    const startsAt = Date.parse(input.startTime)
    const [facts, person] = await Promise.all([
      factsAround(tx, input.providerId, input.serviceId, startsAt),
      clientOf(tx, tenantId, input.client, now),
    ])
    if (!facts.provider.published) refuse('not_found')
    const bookingId = newId()
    const stale = clearExpired(facts, windowOf(facts, startsAt), now)
    const { place, plan } = await takePlace(
      tx,
      facts,
      forAppointment(bookingId, { startsAt, seats: input.seats, where: input.place, now }),
    )
    const born = await bornAppointment(tx, facts, {
      bookingId,
      clientId: person.clientId,
      place,
      seats: input.seats,
      holdId: null,
      answers: input.answers ?? null,
      besides: person.besides,
      shown: input.terms,
      now,
    })
    const all = merge(stale, person.plan, plan, born.plan)
    await append(all.events)
    await carryOut(tx, all)
    return {
      id: bookingId,
      status: born.status,
      outstanding: outstandingOf({ status: born.status, requiresApproval: born.status === 'pending' }),
      startTime: rfc3339(place.startsAt),
      endTime: rfc3339(place.endsAt),
      ...born.meeting,
    }
  },
})
