import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { appointment } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { bearerOf } from '@/server/core/policy'
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
  takeForStaff,
  takePlace,
  takeUntil,
  windowOf,
} from '@/server/scheduling/calendar/capabilities'
import { isGiven, isOffered } from '@/server/scheduling/calendar/queries'
import { recount } from '@/server/scheduling/slot/capabilities'
import {
  appointmentLock,
  asLong,
  leavePlace,
  lengthOf,
  loadAppointment,
  meetAnew,
  meetingOf,
  momentOf,
  withoutPlace,
} from './capabilities'
import { appointmentApprovalRequested, appointmentRescheduled } from './events'
import { appointmentLife, decisionDeadline, movableUntil } from './model'
import { bookingView, tenantOfAppointment } from './queries'

/** Frees the old time and takes the new one in one transaction: it is never without a place, and never at two. */
export const rescheduleAppointment = command({
  name: 'booking.appointment.reschedule',
  input: z.strictObject({
    id,
    startTime: instant,
    /** Longer or shorter than it is, for the business's own people; as long as it is where this is left out. */
    endTime: instant.optional(),
    /** To somebody else who offers it: for the business's own people. */
    providerId: id.optional(),
    /** Where it was said to be: refused where that has changed. */
    place: placeSchema.nullable().optional(),
    /** Also outside the hours, or when another calendar says busy, for the business's own people. Never a time that somebody has. */
    override: z.boolean().default(false),
  }),
  may: bearerOf('appointment', 'owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  resource: ({ id }) => id,
  locks: async (tx, { id, providerId }) => [
    ...(await appointmentLock(tx, id)),
    ...(providerId ? [calendarLock(providerId)] : []),
  ],
  constraints: { occupancy_never_overlaps: ['slot_taken'], slot_never_oversold: ['slot_taken'] },
  run: async (tx, input, { actor, now, append, tenantId }) => {
    const row = await loadAppointment(tx, input.id)
    const providerId = input.providerId ?? row.providerId
    const goes = providerId !== row.providerId
    if ((goes || input.override || input.endTime) && actor.kind === 'bearer') refuse('forbidden')
    await requireTended(tx, actor, tenantId, row.providerId, providerId)
    appointmentLife.next(row.status, 'reschedule')
    const startsAt = Date.parse(input.startTime)
    // Who asked for another time asks again; the business itself only where it would decide too late.
    const tooLate = row.status === 'pending' && row.decideBy !== null && row.decideBy.getTime() > startsAt
    const asksAgain = row.requiresApproval && (actor.kind === 'bearer' || tooLate)
    const stays = !goes && startsAt === row.startsAt.getTime()
    const endsAt = input.endTime ? Date.parse(input.endTime) : startsAt + lengthOf(row)
    if (stays && endsAt === row.endsAt.getTime()) return { ...bookingView(row), isElsewhere: false }
    const limit = movableUntil(row.startsAt.getTime(), row.terms)
    if (actor.kind === 'bearer' && now.getTime() >= limit)
      refuse('conflict', 'too_late_to_move', { limit: rfc3339(limit) })
    const old = await factsAround(tx, row.providerId, row.serviceId, row.startsAt.getTime())
    const left = leavePlace(old, row, now)
    const there = await factsAround(tx, providerId, row.serviceId, startsAt)
    const facts = input.endTime ? ofLength(there, startsAt, endsAt) : asLong(there, row)
    if (actor.kind === 'bearer' && !isOffered(facts)) refuse('conflict', 'move_not_offered')
    if (goes && !isGiven(facts)) refuse('conflict', 'not_offered')
    withoutPlace(facts, old, row)
    const stale = clearExpired(facts, windowOf(facts, startsAt), now)
    const wanted = forAppointment(row.id, { startsAt, seats: row.seats, where: input.place, now })
    const { place, plan } =
      actor.kind === 'bearer'
        ? await takePlace(tx, facts, wanted)
        : stays && !row.slotId
          ? takeUntil(facts, { ...wanted, endsAt, where: row.place }, row.endsAt.getTime(), input.override)
          : await takeForStaff(tx, facts, wanted, input.override)
    requireEnd(place, input.endTime)
    const meeting = await meetAnew(tx, row, meetingOf(facts, row.id, place))
    const times = {
      startsAt: new Date(place.startsAt),
      endsAt: new Date(place.endsAt),
      slotId: place.slotId,
      ...(goes ? { providerId } : {}),
      ...meeting,
    }
    const moved = appointmentRescheduled(row.id, {
      ...momentOf({ ...row, ...times }),
      slotId: place.slotId,
      ...(goes ? { previousProviderId: row.providerId } : {}),
      previousStartTime: rfc3339(row.startsAt),
      previousEndTime: rfc3339(row.endsAt),
      ...meeting,
      previousPlace: row.place,
    })
    const deadline = decisionDeadline(now.getTime(), facts.service.decideWithinHours, place.startsAt)
    const asked = asksAgain ? { status: 'pending' as const, decideBy: new Date(deadline) } : {}
    const after = { ...row, ...times, ...asked }
    const asking = asksAgain
      ? [appointmentApprovalRequested(row.id, { ...momentOf(after), decideBy: rfc3339(deadline) })]
      : []
    const said = {
      events: [moved, ...asking],
      write: [
        (t: typeof tx) =>
          t
            .update(appointment)
            .set({ ...times, ...asked })
            .where(eq(appointment.id, row.id)),
      ],
    }
    const seats = {
      events: [],
      write: place.slotId ? [(t: typeof tx) => recount(t, place.slotId as string)] : [],
    }
    const all = merge(stale, said, left, plan, seats)
    await append(all.events)
    await carryOut(tx, all)
    return { ...bookingView(after), isElsewhere: after.place !== row.place }
  },
})
