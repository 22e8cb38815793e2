import { userCreated, userErased, userUpdated } from '@/server/auth/user/events'
import {
  appointmentApprovalRequested,
  appointmentCancelled,
  appointmentConfirmed,
  appointmentDeclined,
  appointmentRescheduled,
} from '@/server/booking/appointment/events'
import { undoMs } from '@/server/booking/appointment/model'
import { standsFrom } from '@/server/booking/appointment/model-history'
import { waitlistJoined, waitlistLapsed, waitlistOffered } from '@/server/booking/waitlist/events'
import { businessCreated } from '@/server/business/business/events'
import {
  contactCreated,
  contactMerged,
  contactSeparated,
  contactUpdated,
} from '@/server/business/contact/events'
import { providerUpdated } from '@/server/business/provider/events'
import { serviceUpdated } from '@/server/business/service/events'
import { isPerson } from '@/server/core/actor'
import type { Data, StoredEvent } from '@/server/core/events'
import { messageRequested, messageRetried } from '@/server/notification/message/events'
import { availabilityChanged, hoursSet, outsideChanged } from '@/server/scheduling/calendar/events'
import { holdExpired, holdPlaced } from '@/server/scheduling/hold/events'
import { outsideConnected, outsideFailed, outsideRefreshAsked } from '@/server/scheduling/outside/events'
import { seriesCreated, seriesExtended } from '@/server/scheduling/series/events'
import { slotCreated, slotDeleted, slotUpdated } from '@/server/scheduling/slot/events'
import { type Subscription, when } from './define'
import { cancelSlotBookingsHandler } from './handlers/cancel-slot-bookings'
import { expireHoldHandler } from './handlers/expire-hold'
import { lapseAppointmentHandler } from './handlers/lapse-appointment'
import { lapseOfferHandler } from './handlers/lapse-offer'
import { linkAccountHandler, linkContactHandler } from './handlers/link-contact'
import { mailClient } from './handlers/mail-client'
import { mailWaiting } from './handlers/mail-waiting'
import { offerChangedService, offerToWhoJoined, offerWaitlistHandler } from './handlers/offer-waitlist'
import { readOutsideHandler } from './handlers/read-outside'
import { remindSoonBefore, remindTheDayBefore, remindTwoDaysBefore } from './handlers/remind-client'
import { sendMail } from './handlers/send-mail'
import { sendPushes } from './handlers/send-push'
import { sendText } from './handlers/send-text'
import { setUpBusinessHandler } from './handlers/set-up-business'
import { afterOneDay, tellOutsideFailing } from './handlers/tell-outside-failing'
import { tellStaff } from './handlers/tell-staff'
import { welcomeUser } from './handlers/welcome-user'

/** What people change can be undone for a moment, and so long nobody else hears of it. */
const onceItStands = { at: (event: StoredEvent) => new Date(standsFrom(event)).toISOString() }

/** The time of a booking that people of the business gave back is offered to nobody while they may take that back. */
const onceItStaysFree = {
  at: ({ time, actorId, data }: StoredEvent<Data<typeof availabilityChanged>>) =>
    new Date(Date.parse(time) + (data.bookingId && isPerson(actorId) ? undoMs : 0)).toISOString(),
}

/** Everything that happens because something happened. */
export const subscriptions: readonly Subscription[] = [
  when(userCreated, welcomeUser),
  when(userCreated, linkAccountHandler),
  when(userUpdated, linkAccountHandler),
  when(userErased, linkAccountHandler),
  when(contactCreated, linkContactHandler),
  when(contactUpdated, linkContactHandler),
  when(contactMerged, linkContactHandler),
  when(contactSeparated, linkContactHandler),
  when(businessCreated, setUpBusinessHandler),
  when(holdPlaced, expireHoldHandler, { at: (e) => e.data.expiresAt }),
  when(slotCreated, tellStaff, { only: (d) => d.origin === 'written' && !d.isRecurring }),
  when(slotDeleted, cancelSlotBookingsHandler),
  when(seriesCreated, tellStaff, { only: (d) => d.continues === null }),
  when(seriesExtended, tellStaff, { only: (d) => d.leftOut.length > 0 }),
  when(appointmentConfirmed, tellStaff, onceItStands),
  when(appointmentRescheduled, tellStaff, onceItStands),
  when(appointmentCancelled, tellStaff, onceItStands),
  when(appointmentApprovalRequested, tellStaff, onceItStands),
  when(appointmentApprovalRequested, lapseAppointmentHandler, { at: (e) => e.data.decideBy }),
  when(appointmentApprovalRequested, mailClient, onceItStands),
  when(appointmentConfirmed, mailClient, onceItStands),
  when(appointmentDeclined, mailClient, onceItStands),
  when(appointmentRescheduled, mailClient, onceItStands),
  when(appointmentCancelled, mailClient, onceItStands),
  when(appointmentConfirmed, remindTwoDaysBefore.handler, { at: remindTwoDaysBefore.at }),
  when(appointmentConfirmed, remindTheDayBefore.handler, { at: remindTheDayBefore.at }),
  when(appointmentConfirmed, remindSoonBefore.handler, { at: remindSoonBefore.at }),
  when(appointmentRescheduled, remindTwoDaysBefore.handler, { at: remindTwoDaysBefore.at }),
  when(appointmentRescheduled, remindTheDayBefore.handler, { at: remindTheDayBefore.at }),
  when(appointmentRescheduled, remindSoonBefore.handler, { at: remindSoonBefore.at }),
  when(availabilityChanged, offerWaitlistHandler, {
    only: (d) => d.newStatus === 'available',
    ...onceItStaysFree,
  }),
  when(slotCreated, offerWaitlistHandler, { only: (d) => d.origin === 'written' }),
  when(slotUpdated, offerWaitlistHandler),
  when(hoursSet, offerWaitlistHandler),
  when(providerUpdated, offerWaitlistHandler, {
    only: ({ changes }) => changes.published === true || changes.serviceIds !== undefined,
  }),
  when(serviceUpdated, offerChangedService),
  when(waitlistJoined, offerToWhoJoined),
  when(outsideChanged, offerWaitlistHandler, { only: (d) => d.freed }),
  when(outsideConnected, readOutsideHandler),
  when(outsideRefreshAsked, readOutsideHandler),
  when(outsideFailed, tellOutsideFailing, { at: afterOneDay, only: (d) => d.first }),
  when(holdExpired, lapseOfferHandler),
  when(waitlistJoined, mailWaiting),
  when(waitlistOffered, mailWaiting),
  when(waitlistLapsed, mailWaiting, { only: (d) => d.reason === undefined }),
  when(messageRequested, sendMail, { only: (d) => d.channel === 'email' }),
  when(messageRequested, sendText, { only: (d) => d.channel === 'sms' }),
  when(messageRequested, sendPushes, { only: (d) => d.channel === 'push' }),
  when(messageRetried, sendPushes, { only: (d) => d.channel === 'push' }),
  when(messageRetried, sendMail, { only: (d) => d.channel === 'email' }),
  when(messageRetried, sendText, { only: (d) => d.channel === 'sms' }),
]
