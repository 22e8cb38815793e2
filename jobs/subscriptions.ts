import {
  appointmentCancelled,
  appointmentConfirmed,
  appointmentRescheduled,
} from '@/server/booking/appointment/events'
import { businessCreated } from '@/server/business/business/events'
import { messageRequested } from '@/server/notification/message/events'
import { holdPlaced } from '@/server/scheduling/hold/events'
import { slotDeleted } from '@/server/scheduling/slot/events'
import { type Subscription, when } from './define'
import { cancelSlotBookingsHandler } from './handlers/cancel-slot-bookings'
import { expireHoldHandler } from './handlers/expire-hold'
import { mailClient } from './handlers/mail-client'
import { sendMail } from './handlers/send-mail'
import { setUpBusinessHandler } from './handlers/set-up-business'
import { tellStaff } from './handlers/tell-staff'

/** Everything that happens because something happened. */
export const subscriptions: readonly Subscription[] = [
  when(businessCreated, setUpBusinessHandler),
  when(holdPlaced, expireHoldHandler, { at: (e) => e.data.expiresAt }),
  when(slotDeleted, cancelSlotBookingsHandler),
  when(appointmentConfirmed, tellStaff),
  when(appointmentRescheduled, tellStaff),
  when(appointmentCancelled, tellStaff),
  when(appointmentConfirmed, mailClient),
  when(appointmentRescheduled, mailClient),
  when(appointmentCancelled, mailClient),
  when(messageRequested, sendMail),
]
