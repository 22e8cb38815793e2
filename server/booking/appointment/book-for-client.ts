import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { contact } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { email, id, instant, line, phone, prose, rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { requirePlaces, venueLocks } from '@/server/location/venue/capabilities'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import {
  calendarLock,
  carryOut,
  clearExpired,
  factsAround,
  forAppointment,
  merge,
  ofLength,
  requireEnd,
  requireOffered,
  takeForStaff,
  windowOf,
} from '@/server/scheduling/calendar/capabilities'
import { bornAppointment, clientLock, clientOf } from './capabilities'

const caller = z
  .strictObject({ name: line(120), email: email.optional(), phone: phone.optional() })
  .refine((c) => c.email || c.phone, { path: ['reach'], error: 'needs an email address or a phone number' })

/** Booked by somebody of the business, for a caller or whoever stands at the desk. Nobody is asked for a yes. */
export const bookForClient = command({
  name: 'booking.appointment.book_for_client',
  input: z.strictObject({
    businessId: id,
    providerId: id,
    serviceId: id,
    startTime: instant,
    /** Where it is to be longer or shorter than the service usually is; nobody else's time only. */
    endTime: instant.optional(),
    /** Somebody known, or somebody new: one of them. */
    contactId: id.optional(),
    client: caller.optional(),
    seats: z.int().min(1).max(100).default(1),
    note: prose(500).optional(),
    /** Also outside the hours, sooner than the notice says, or when another calendar says busy. Never a time that somebody has. */
    override: z.boolean().default(false),
    /** Where it is to be, if not where the hours say: with `override`. */
    place: placeSchema.optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { businessId, providerId, place, client }) => [
    calendarLock(providerId),
    ...venueLocks(place),
    ...clientLock(businessId, client),
  ],
  constraints: { occupancy_never_overlaps: ['slot_taken'], slot_never_oversold: ['slot_taken'] },
  run: async (tx, input, { actor, tenantId, now, append }) => {
    await requireTended(tx, actor, tenantId, input.providerId)
    const startsAt = Date.parse(input.startTime)
    const usual = await factsAround(tx, input.providerId, input.serviceId, startsAt)
    requireOffered(usual)
    const facts = input.endTime ? ofLength(usual, startsAt, Date.parse(input.endTime)) : usual
    await requirePlaces(tx, [input.place])
    const person = await whomFor(tx, tenantId, input, now)
    const bookingId = newId()
    const stale = clearExpired(facts, windowOf(facts, startsAt), now)
    const wanted = forAppointment(bookingId, { startsAt, seats: input.seats, now })
    const { place, plan } = await takeForStaff(tx, facts, wanted, input.override, input.place)
    requireEnd(place, input.endTime)
    const born = await bornAppointment(tx, facts, {
      bookingId,
      clientId: person.clientId,
      place,
      seats: input.seats,
      holdId: null,
      answers: input.note ? { Note: input.note } : null,
      besides: person.besides,
      now,
      byStaff: true,
    })
    const all = merge(stale, person.plan, plan, born.plan)
    await append(all.events)
    await carryOut(tx, all)
    return {
      id: bookingId,
      status: born.status,
      startTime: rfc3339(place.startsAt),
      endTime: rfc3339(place.endsAt),
      ...born.meeting,
    }
  },
})

type Whom = { contactId?: string; client?: z.output<typeof caller> }

async function whomFor(
  tx: Tx,
  tenantId: string,
  { contactId, client }: Whom,
  now: Date,
): Promise<Awaited<ReturnType<typeof clientOf>>> {
  if (!contactId === !client)
    refuse('malformed', 'malformed', { errors: { client: 'is needed, or contactId: one of them' } })
  if (client) return clientOf(tx, tenantId, client, now)
  const [known] = await tx
    .select({ id: contact.id })
    .from(contact)
    .where(and(eq(contact.id, contactId as string), isNull(contact.erasedAt)))
  return known ? { clientId: known.id, plan: { events: [], write: [] }, besides: {} } : refuse('not_found')
}
