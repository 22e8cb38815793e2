import type { waitlistJoined } from '@/server/booking/waitlist/events'
import { providersOf } from '@/server/booking/waitlist/model'
import { waitedForWith } from '@/server/booking/waitlist/queries'
import type { serviceUpdated } from '@/server/business/service/events'
import type { Data, StoredEvent } from '@/server/core/events'
import { DAY } from '@/server/core/time'
import { offerOpen } from '@/server/workflows/offer-open'
import { workflowHandler } from '../define'

type Opened = { providerId: string; startTime?: string; endTime?: string }

/** A stretch that came free may be the middle of a longer time than itself. */
const reach = DAY / 2

/** A calendar has time that it had not: it goes to those who wait for it. */
export const offerWaitlistHandler = workflowHandler('offer-waitlist', async (event, call) => {
  const { tenantId } = event
  const { providerId, startTime, endTime } = (event as StoredEvent<Opened>).data
  const freed =
    startTime && endTime ? { from: Date.parse(startTime) - reach, until: Date.parse(endTime) } : null
  await offerOpen({ tenantId, providerId, ...(freed && { stretch: freed }) }, call)
})

/** Somebody waits from now on: perhaps for what is open already. */
export const offerToWhoJoined = workflowHandler('offer-to-who-joined', async (event, call) => {
  const { wish } = (event as StoredEvent<Data<typeof waitlistJoined>>).data
  const at = wish.kind === 'time' ? Date.parse(wish.startTime) : null
  const look = { tenantId: event.tenantId, ...(at && { stretch: { from: at, until: at + 1 } }) }
  for (const providerId of providersOf(wish)) await offerOpen({ ...look, providerId }, call)
})

/** A service is given otherwise: further ahead, in shorter steps, elsewhere. */
export const offerChangedService = workflowHandler('offer-changed-service', async (event, call) => {
  const { tenantId } = event
  const { serviceId } = (event as StoredEvent<Data<typeof serviceUpdated>>).data
  for (const providerId of await waitedForWith(tenantId, serviceId))
    await offerOpen({ tenantId, providerId }, call)
})
