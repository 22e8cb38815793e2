import { offerWaitlist } from '@/server/booking/waitlist/offer'
import { anyoneWaits } from '@/server/booking/waitlist/queries'
import type { StoredEvent } from '@/server/core/events'
import { DAY } from '@/server/core/time'
import { workflowHandler } from '../define'

type Freed = { providerId: string; startTime?: string; endTime?: string }

/** A stretch that came free may be the middle of a longer time than itself. */
const reach = DAY / 2
/** How far ahead new hours are looked through. */
const ahead = 92 * DAY

/** Time came free: it goes to those who wait for it, one offer after the other, until nobody wants what is left. */
export const offerWaitlistHandler = workflowHandler('offer-waitlist', async (event, call) => {
  const { providerId, startTime, endTime } = (event as StoredEvent<Freed>).data
  if (!(await anyoneWaits(event.tenantId, providerId))) return
  const now = Date.now()
  const from = startTime ? Date.parse(startTime) - reach : now
  const until = endTime ? Date.parse(endTime) : now + ahead
  const window = { from: new Date(from).toISOString(), until: new Date(until).toISOString() }
  while ((await offerWaitlist.execute({ providerId, ...window }, call)).offered);
})
