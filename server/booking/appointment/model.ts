import type { Data } from '@/server/core/events'
import { type Transitions, transitions } from '@/server/core/transitions'
import type { appointmentCreated, appointmentRescheduled } from './events'

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
  reschedule: { from: ['confirmed'], to: 'confirmed' },
  complete: { from: ['confirmed'], to: 'completed' },
  mark_no_show: { from: ['confirmed', 'completed'], to: 'no_show' },
})

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

export type Appointment = Omit<Data<typeof appointmentCreated>, 'answers' | 'holdId' | 'businessId'> & {
  status: AppointmentStatus
}

export const evolveAppointment = {
  'booking.appointment.created.v1': (
    _: Appointment | null,
    { answers: _a, holdId: _h, businessId: _b, ...d }: Data<typeof appointmentCreated>,
  ): Appointment => ({ ...d, status: 'pending' }),
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
    startTime: d.startTime,
    endTime: d.endTime,
    slotId: d.slotId,
  }),
}
