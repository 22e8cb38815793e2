import type { Data } from '@/server/core/events'
import type { availabilityChanged, calendarCreated, hoursSet } from './events'
import type { Rules } from './model-rules'

/** What the log says of a provider's time: the rules, and every time that is not available. */
export type CalendarState = {
  rules: Rules
  taken: Record<string, { startTime: string; endTime: string; status: string; bookingId: string | null }>
  seats: Record<string, number>
}

export const evolveCalendar = {
  'scheduling.calendar.created.v1': (
    _: CalendarState | null,
    d: Data<typeof calendarCreated>,
  ): CalendarState => ({
    rules: d.rules,
    taken: {},
    seats: {},
  }),
  'scheduling.calendar.hours_set.v1': (s: CalendarState, d: Data<typeof hoursSet>): CalendarState => ({
    ...s,
    rules: d.rules,
  }),
  /** Whose calendars they are keeps what they say. */
  'scheduling.calendar.outside_changed.v1': (s: CalendarState): CalendarState => s,
  /** The label itself is sealed, and no part of a fold. */
  'scheduling.calendar.block_labelled.v1': (s: CalendarState): CalendarState => s,
  'scheduling.calendar.availability_changed.v1': (
    s: CalendarState,
    d: Data<typeof availabilityChanged>,
  ): CalendarState => {
    if (d.slotId) return { ...s, seats: { ...s.seats, [d.slotId]: d.seatsLeft } }
    const { [d.availabilityId]: _, ...rest } = s.taken
    if (d.newStatus === 'available') return { ...s, taken: rest }
    const { startTime, endTime, newStatus: status, bookingId } = d
    return { ...s, taken: { ...rest, [d.availabilityId]: { startTime, endTime, status, bookingId } } }
  },
}
