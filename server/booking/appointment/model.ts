import type { Data } from '@/server/core/events'
import { type Transitions, transitions } from '@/server/core/transitions'
import type { Where } from '@/server/location/venue/model-place'
import type {
  appointmentApprovalRequested,
  appointmentChangeUndone,
  appointmentCreated,
  appointmentRescheduled,
} from './events'

export const appointmentStatuses = [
  'pending',
  'confirmed',
  'declined',
  'expired',
  'cancelled',
  'completed',
  'no_show',
] as const
export type AppointmentStatus = (typeof appointmentStatuses)[number]
export type AppointmentAction =
  | 'confirm'
  | 'decline'
  | 'expire'
  | 'cancel'
  | 'reschedule'
  | 'complete'
  | 'mark_no_show'

export const appointmentLife: Transitions<AppointmentStatus, AppointmentAction> = transitions({
  confirm: { from: ['pending'], to: 'confirmed' },
  decline: { from: ['pending'], to: 'declined' },
  expire: { from: ['pending'], to: 'expired' },
  cancel: { from: ['pending', 'confirmed'], to: 'cancelled' },
  reschedule: { from: ['pending', 'confirmed'], to: 'confirmed' },
  complete: { from: ['confirmed', 'no_show'], to: 'completed' },
  mark_no_show: { from: ['confirmed', 'completed'], to: 'no_show' },
})

/** How long somebody of the business can take back what they did. */
export const undoMs = 10_000
/** The first two events of a booking are how it came to be. */
export const firstUndoable = 3

const undoable = ['confirmed', 'declined', 'cancelled', 'rescheduled', 'completed', 'no_show'].map(
  (action) => `booking.appointment.${action}.v1`,
)

/** What was done last is taken back, soon after, and only where a person did it to a booking that stood before. */
export function whyNotUndo(
  event: { type: string; version: number; at: number },
  now: number,
): 'wrong_state' | 'too_late_to_undo' | null {
  if (event.version < firstUndoable || !undoable.includes(event.type)) return 'wrong_state'
  return now - event.at > undoMs ? 'too_late_to_undo' : null
}

/** Who has these takes time or seats, whoever else looks for some. */
export const takingStatuses = ['pending', 'confirmed', 'completed', 'no_show'] as const
export const takesPlace = (status: AppointmentStatus): boolean =>
  (takingStatuses as readonly AppointmentStatus[]).includes(status)

/** Who has these may know the link to join and how to get in. */
export const isExpected = (status: AppointmentStatus): boolean =>
  status === 'confirmed' || status === 'completed'

/** Nobody is to come to it any more. */
export const isOver = ({ status, endsAt }: { status: AppointmentStatus; endsAt: number }, now: number) =>
  endsAt <= now || !appointmentLife.can(status, 'cancel')

/** Until when a booking that needs a yes has to be decided: in good time, and never after it began. */
export const decisionDeadline = (now: number, withinHours: number, startsAt: number): number =>
  Math.min(now + withinHours * 3_600_000, startsAt)

/** Whether somebody came is known when it has begun. */
export const whyNotClosed = (startsAt: number, now: number): 'not_begun' | null =>
  startsAt > now ? 'not_begun' : null

/** Price and policy frozen at booking. */
export type Terms = { amount: number; currency: string; freeUntilHours: number; lateFeePercent: number }

/** What cancelling costs now, by the frozen terms. In minor units, rounded down in the client's favour. */
export function cancellationFee(
  terms: Terms,
  startsAt: number,
  now: number,
  by: 'client' | 'business',
): number {
  if (by === 'business' || startsAt - now >= terms.freeUntilHours * 3_600_000) return 0
  return Math.floor((terms.amount * terms.lateFeePercent) / 100)
}

/** Until when its holder may move a booking: as long as cancelling is free, and never once it has begun. */
export const movableUntil = (startsAt: number, terms: Pick<Terms, 'freeUntilHours'>): number =>
  startsAt - terms.freeUntilHours * 3_600_000

export type Appointment = Omit<
  Data<typeof appointmentCreated>,
  'answers' | 'holdId' | 'businessId' | 'meetingLink'
> & {
  place: Where | null
  status: AppointmentStatus
  decideBy: string | null
}

/** Bookings made before places were told say nothing of them when they change. */
const whereAfter = (s: Appointment, { place, timeZone }: { place?: Where | null; timeZone?: string }) => ({
  place: place === undefined ? s.place : place,
  timeZone: timeZone ?? s.timeZone,
})

/** Nobody is left to decide it, nor anything that would end it: its deadline has been. */
export const isOverdue = ({ status, decideBy }: Pick<Appointment, 'status' | 'decideBy'>, now: number) =>
  status === 'pending' && decideBy !== null && Date.parse(decideBy) <= now

export const evolveAppointment = {
  'booking.appointment.created.v1': (
    _: Appointment | null,
    { answers: _a, holdId: _h, businessId: _b, meetingLink: _m, ...d }: Data<typeof appointmentCreated>,
  ): Appointment => ({ ...d, place: d.place ?? null, status: 'pending', decideBy: null }),
  'booking.appointment.approval_requested.v1': (
    s: Appointment,
    { decideBy }: Data<typeof appointmentApprovalRequested>,
  ): Appointment => ({ ...s, status: 'pending', decideBy }),
  'booking.appointment.confirmed.v1': (s: Appointment): Appointment => ({ ...s, status: 'confirmed' }),
  'booking.appointment.declined.v1': (s: Appointment): Appointment => ({ ...s, status: 'declined' }),
  'booking.appointment.expired.v1': (s: Appointment): Appointment => ({ ...s, status: 'expired' }),
  'booking.appointment.cancelled.v1': (s: Appointment): Appointment => ({ ...s, status: 'cancelled' }),
  'booking.appointment.completed.v1': (s: Appointment): Appointment => ({ ...s, status: 'completed' }),
  'booking.appointment.no_show.v1': (s: Appointment): Appointment => ({ ...s, status: 'no_show' }),
  'booking.appointment.rescheduled.v1': (
    s: Appointment,
    d: Data<typeof appointmentRescheduled>,
  ): Appointment => ({
    ...s,
    providerId: d.providerId,
    startTime: d.startTime,
    endTime: d.endTime,
    slotId: d.slotId,
    ...whereAfter(s, d),
  }),
  'booking.appointment.change_undone.v1': (
    s: Appointment,
    d: Data<typeof appointmentChangeUndone>,
  ): Appointment => {
    const { providerId, startTime, endTime, slotId, status, decideBy } = d
    return { ...s, providerId, startTime, endTime, slotId, status, decideBy, ...whereAfter(s, d) }
  },
}
