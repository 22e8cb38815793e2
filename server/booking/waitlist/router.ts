import { resourceToken } from '@/server/core/crypto'
import { expose, router } from '@/server/procedure'
import { acceptOffer } from './accept'
import { joinWaitlist } from './join'
import { leaveWaitlist } from './leave'
import { listOwnEntries } from './list-own'
import { listWaiting, showEntry } from './queries'

/** The link by which whoever waits follows, accepts and leaves. */
const withToken = <E extends { id: string }>(made: E) => ({
  ...made,
  token: resourceToken('waitlist', made.id),
})

export const waitlistRouter = router({
  join: expose(joinWaitlist, { present: withToken }),
  show: expose(showEntry),
  accept: expose(acceptOffer),
  leave: expose(leaveWaitlist),
  list: expose(listWaiting),
  listOwn: expose(listOwnEntries),
})
