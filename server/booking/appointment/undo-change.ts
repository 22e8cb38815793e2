import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { appointment } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { fold, nothing } from '@/server/core/fold'
import { readAggregate } from '@/server/core/log'
import { members } from '@/server/core/policy'
import {
  calendarLock,
  carryOut,
  clearExpired,
  factsAround,
  forAppointment,
  merge,
  type Plan,
  takeAnyway,
  windowOf,
} from '@/server/scheduling/calendar/capabilities'
import { recount } from '@/server/scheduling/slot/capabilities'
import {
  type AppointmentRow,
  leavePlace,
  loadAppointment,
  meetAnew,
  momentOf,
  withoutPlace,
} from './capabilities'
import { appointmentChangeUndone } from './events'
import { type Appointment, evolveAppointment, isOverdue, takesPlace, whyNotUndo } from './model'
import { lastStep } from './model-history'
import { bookingView, tenantOfAppointment } from './queries'

/** Takes back what was just done: a change like any other, to what was before. Those it concerns were not told yet. */
export const undoChange = command({
  name: 'booking.appointment.undo_change',
  input: z.strictObject({
    id,
    /** One of the booking's events that were said last; the last where it is left out. */
    sequence: z.int().min(1).optional(),
  }),
  may: members('owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  locks: (tx, { id }) => everyLock(tx, id),
  constraints: { occupancy_never_overlaps: ['slot_taken'], slot_never_oversold: ['slot_taken'] },
  run: async (tx, input, { tenantId, actor, now, append }) => {
    const row = await loadAppointment(tx, input.id)
    await requireTended(tx, actor, tenantId, row.providerId)
    const history = await readAggregate(tx, tenantId, 'booking.appointment', row.id)
    const last = history.at(-1) ?? refuse('not_found')
    const wanted = history.find((e) => e.version === (input.sequence ?? last.version)) ?? refuse('not_found')
    const step = lastStep(history)
    const [done = last] = step
    if (wanted.actor_id !== actor.id || !step.includes(wanted)) refuse('conflict', 'wrong_state')
    const why = whyNotUndo({ ...done, at: Date.parse(done.recorded_at) }, now.getTime())
    if (why) refuse('conflict', why)
    const then = history.slice(0, -step.length)
    const before = fold(then, nothing, evolveAppointment).state as Appointment
    if (isOverdue(before, now.getTime())) refuse('conflict', 'too_late_to_undo')
    const after = {
      ...row,
      providerId: before.providerId,
      timeZone: before.timeZone,
      status: before.status,
      startsAt: new Date(before.startTime),
      endsAt: new Date(before.endTime),
      slotId: before.slotId,
      place: before.place,
      decideBy: before.decideBy ? new Date(before.decideBy) : null,
    }
    const { place, plan } = await placeBack(tx, row, after, now)
    const { providerId } = after
    const about = { bookingId: row.id, providerId, place: before.place, timeZone: before.timeZone }
    const meeting = { ...(await meetAnew(tx, row, about)), timeZone: before.timeZone }
    Object.assign(after, { slotId: place, ...meeting })
    const { status, startsAt, endsAt, slotId, decideBy } = after
    const undone = appointmentChangeUndone(row.id, {
      ...momentOf(after),
      sequence: done.version,
      undone: done.type,
      slotId,
      status,
      decideBy: before.decideBy,
      ...meeting,
    })
    const all = merge(
      {
        events: [undone],
        write: [
          (t) =>
            t
              .update(appointment)
              .set({ providerId, status, startsAt, endsAt, slotId, decideBy, ...meeting })
              .where(eq(appointment.id, row.id)),
        ],
      },
      plan,
    )
    await append(all.events)
    await carryOut(tx, all)
    return bookingView(after)
  },
})

/** Of whoever has it and had it: it may go back. */
async function everyLock(tx: Tx, bookingId: string): Promise<string[]> {
  const { tenantId } = await loadAppointment(tx, bookingId)
  const history = await readAggregate(tx, tenantId, 'booking.appointment', bookingId)
  return history.map((event) => calendarLock(String(event.data.providerId)))
}

/** The place it had, taken again where it was given up; whoever was faster keeps it. */
async function placeBack(
  tx: Tx,
  row: AppointmentRow,
  before: AppointmentRow,
  now: Date,
): Promise<{ place: string | null; plan: Plan }> {
  const nothing: Plan = { events: [], write: [] }
  const stays = row.providerId === before.providerId
  const same = (edge: 'startsAt' | 'endsAt') => row[edge].getTime() === before[edge].getTime()
  const moved = !stays || !same('startsAt') || !same('endsAt') || row.slotId !== before.slotId
  const had = takesPlace(row.status)
  if (had && !moved) return { place: before.slotId, plan: nothing }
  const startsAt = before.startsAt.getTime()
  const old = had ? await factsAround(tx, row.providerId, row.serviceId, row.startsAt.getTime()) : null
  const left = old ? leavePlace(old, row, now) : nothing
  const facts = await factsAround(tx, before.providerId, row.serviceId, startsAt)
  if (old) withoutPlace(facts, old, row)
  const stale = clearExpired(facts, windowOf(facts, startsAt), now)
  const { place, plan } = takeAnyway(facts, {
    ...forAppointment(row.id, { startsAt, seats: row.seats, now }),
    endsAt: before.endsAt.getTime(),
    slotId: before.slotId,
    where: before.place,
  })
  const { slotId } = place
  const seats: Plan = { events: [], write: slotId ? [(t) => recount(t, slotId)] : [] }
  return { place: slotId, plan: merge(stale, left, plan, seats) }
}
