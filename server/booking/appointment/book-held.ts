import { z } from 'zod'
import { command } from '@/server/core/command'
import { id, rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { bearerOf } from '@/server/core/policy'
import { calendarLock, carryOut, factsAround, merge } from '@/server/scheduling/calendar/capabilities'
import { loadHold, useHold } from '@/server/scheduling/hold/capabilities'
import { tenantOfHold } from '@/server/scheduling/hold/queries'
import { answersField, bornAppointment, clientFields, clientLock, clientOf } from './capabilities'
import { shownTerms } from './model-terms'
import { outstandingOf } from './queries'

/** Books the time that was held: held → booked. */
export const bookHeld = command({
  name: 'booking.appointment.book_held',
  input: z.strictObject({
    holdId: id,
    client: clientFields,
    answers: answersField.optional(),
    /** What it was said to cost and by which terms: refused where that has changed. */
    terms: shownTerms.optional(),
  }),
  may: bearerOf('hold'),
  tenant: ({ holdId }) => tenantOfHold(holdId),
  resource: ({ holdId }) => holdId,
  locks: async (tx, { holdId, client }, _call, tenantId) => [
    calendarLock((await loadHold(tx, holdId)).providerId),
    ...clientLock(tenantId, client),
  ],
  run: async (tx, input, { tenantId, now, append }) => {
    const row = await loadHold(tx, input.holdId)
    const [facts, person] = await Promise.all([
      factsAround(tx, row.providerId, row.serviceId, row.startsAt.getTime()),
      clientOf(tx, tenantId, input.client, now),
    ])
    const bookingId = newId()
    const { place, plan } = useHold(facts, row, bookingId, now)
    const born = await bornAppointment(tx, facts, {
      bookingId,
      clientId: person.clientId,
      place,
      seats: row.seats,
      holdId: row.id,
      answers: input.answers ?? null,
      besides: person.besides,
      shown: input.terms,
      now,
    })
    const all = merge(person.plan, plan, born.plan)
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
