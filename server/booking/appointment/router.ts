import { z } from 'zod'
import { config } from '@/server/core/config'
import { resourceToken } from '@/server/core/crypto'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import { expose, router } from '@/server/procedure'
import { approveAppointment } from './approve'
import { bookAppointment } from './book'
import { bookForClient } from './book-for-client'
import { bookHeld } from './book-held'
import { bookSeveral } from './book-several'
import { cancelAppointment } from './cancel'
import { completeAppointment } from './complete'
import { declineAppointment } from './decline'
import { listOwnAppointments } from './list-own'
import { markNoShow } from './mark-no-show'
import { appointmentStatuses } from './model'
import { planSeries } from './plan-series'
import { getBooking, listAppointments } from './queries'
import { rescheduleAppointment } from './reschedule'
import { countUndecided, showAppointment, showSome, showUnclosed, showUndecided, showUpcoming } from './show'
import { undoChange } from './undo-change'

const at = z.iso.datetime()
const status = z.enum(appointmentStatuses)
const outstanding = z.array(z.enum(['approval', 'payment']))

/** `online`, a venue by its id, or null where no place is told; the link once it is confirmed, until it is called off. */
const meeting = { place: placeSchema.nullable(), meetingLink: z.string().nullable() }

/** Where somebody goes; `access` as long as they are expected there. */
const venue = z
  .object({
    id: z.guid(),
    name: z.string(),
    lines: z.array(z.string()),
    access: z.string().nullable(),
    phone: z.string().nullable(),
    position: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  })
  .nullable()

const booking = z.object({
  id: z.guid(),
  status,
  outstanding,
  decideBy: at.nullable(),
  providerId: z.guid(),
  serviceId: z.guid(),
  startTime: at,
  endTime: at,
  timeZone: z.string(),
  ...meeting,
  seats: z.int(),
  price: z.object({ amount: z.int(), currency: z.string() }),
  policy: z.object({ freeUntilHours: z.int(), lateFeePercent: z.int() }),
})
const booked = z.object({
  id: z.guid(),
  status,
  outstanding,
  startTime: at,
  endTime: at,
  timeZone: z.string(),
  ...meeting,
  manageToken: z.string(),
  manageUrl: z.string(),
})

/** The link that lets its holder look, move and cancel. Derived each time it is told, never stored. */
const withLink = <B extends { id: string }>(made: B) => {
  const manageToken = resourceToken('appointment', made.id)
  return {
    ...made,
    manageToken,
    manageUrl: `${config().PUBLIC_URL}/bookings/${made.id}?token=${manageToken}`,
  }
}

export const appointmentRouter = router({
  book: expose(bookAppointment, {
    rest: { method: 'POST', path: '/bookings', summary: 'Book a time', status: 201, answer: booked },
    present: withLink,
  }),
  bookSeveral: expose(bookSeveral, {
    present: ({ bookings }) => ({ bookings: bookings.map(withLink) }),
  }),
  planSeries: expose(planSeries),
  bookHeld: expose(bookHeld, { present: withLink }),
  bookForClient: expose(bookForClient),
  get: expose(getBooking, {
    rest: {
      method: 'GET',
      path: '/bookings/{id}',
      summary: 'A booking with its history',
      answer: booking.extend({
        venue,
        history: z.array(z.object({ type: z.string(), time: at, sequence: z.int() })),
      }),
    },
  }),
  cancel: expose(cancelAppointment, {
    rest: {
      method: 'POST',
      path: '/bookings/{id}/cancel',
      summary: 'Cancel a booking',
      answer: booking.extend({ refund: z.object({ amount: z.int(), fee: z.int(), currency: z.string() }) }),
    },
  }),
  reschedule: expose(rescheduleAppointment, {
    rest: {
      method: 'POST',
      path: '/bookings/{id}/reschedule',
      summary: 'Move a booking',
      answer: booking.extend({ isElsewhere: z.boolean() }),
    },
  }),
  approve: expose(approveAppointment),
  decline: expose(declineAppointment),
  complete: expose(completeAppointment),
  markNoShow: expose(markNoShow),
  undo: expose(undoChange),
  list: expose(listAppointments),
  listOwn: expose(listOwnAppointments),
  show: expose(showAppointment),
  upcoming: expose(showUpcoming),
  some: expose(showSome),
  undecided: expose(showUndecided),
  countUndecided: expose(countUndecided),
  unclosed: expose(showUnclosed),
})
