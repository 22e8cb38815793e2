import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { waitlist } from '@/db/schema'
import { answersField, bornAppointment } from '@/server/booking/appointment/capabilities'
import { shownTerms } from '@/server/booking/appointment/model-terms'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { bearerOf } from '@/server/core/policy'
import { carryOut, factsAround, merge, type Plan } from '@/server/scheduling/calendar/capabilities'
import { loadHold, useHold } from '@/server/scheduling/hold/capabilities'
import { asRead, entryLocks, loadEntry, whoOf } from './capabilities'
import { waitlistAccepted } from './events'
import { waitlistLife } from './model'
import { tenantOfEntry } from './queries'

/** Books the time that was offered. */
export const acceptOffer = command({
  name: 'booking.waitlist.accept',
  input: z.strictObject({
    id,
    answers: answersField.optional(),
    /** What it was said to cost and by which terms: refused where that has changed. */
    terms: shownTerms.optional(),
  }),
  may: bearerOf('waitlist', 'owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfEntry(id),
  resource: ({ id }) => id,
  locks: (tx, { id }) => entryLocks(tx, id),
  run: async (tx, input, { now, append }) => {
    const row = await loadEntry(tx, input.id)
    if (row.status === 'lapsed') refuse('conflict', 'hold_expired')
    const status = waitlistLife.next(row.status, 'accept')
    const held = await loadHold(tx, row.offer?.holdId ?? refuse('not_found'))
    const facts = await factsAround(tx, held.providerId, held.serviceId, held.startsAt.getTime())
    const bookingId = newId()
    const { place, plan } = useHold(facts, held, bookingId, now)
    const born = await bornAppointment(tx, facts, {
      bookingId,
      clientId: row.contactId,
      place,
      seats: row.seats,
      holdId: held.id,
      answers: input.answers ?? null,
      besides: {},
      shown: input.terms,
      now,
    })
    const said: Plan = {
      events: [waitlistAccepted(row.id, { ...whoOf(row), bookingId })],
      write: [(t) => t.update(waitlist).set({ status }).where(eq(waitlist.id, row.id))],
    }
    const all = merge(said, plan, born.plan)
    await append(all.events, asRead(row))
    await carryOut(tx, all)
    return { id: row.id, bookingId, status: born.status }
  },
})
