import '@/server/events'
import { invitationRouter } from './auth/invitation/router'
import { membershipRouter } from './auth/membership/router'
import { appointmentRouter } from './booking/appointment/router'
import { waitlistRouter } from './booking/waitlist/router'
import { businessRouter } from './business/business/router'
import { contactRouter } from './business/contact/router'
import { providerRouter } from './business/provider/router'
import { serviceRouter } from './business/service/router'
import { venueRouter } from './location/venue/router'
import { inboxRouter } from './notification/inbox/router'
import { messageRouter } from './notification/message/router'
import { preferenceRouter } from './notification/preference/router'
import { templateRouter } from './notification/template/router'
import { subjectRouter } from './platform/subject/router'
import { router } from './procedure'
import { calendarRouter } from './scheduling/calendar/router'
import { holdRouter } from './scheduling/hold/router'
import { outsideRouter } from './scheduling/outside/router'
import { seriesRouter } from './scheduling/series/router'
import { slotRouter } from './scheduling/slot/router'

export const appRouter = router({
  appointment: appointmentRouter,
  business: businessRouter,
  calendar: calendarRouter,
  contact: contactRouter,
  hold: holdRouter,
  inbox: inboxRouter,
  invitation: invitationRouter,
  membership: membershipRouter,
  message: messageRouter,
  outside: outsideRouter,
  preference: preferenceRouter,
  provider: providerRouter,
  series: seriesRouter,
  service: serviceRouter,
  slot: slotRouter,
  subject: subjectRouter,
  template: templateRouter,
  venue: venueRouter,
  waitlist: waitlistRouter,
})

export type AppRouter = typeof appRouter
