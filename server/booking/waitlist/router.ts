import { expose, router } from '@/server/procedure'
import { acceptOffer } from './accept'
import { joinWaitlist } from './join'
import { leaveWaitlist } from './leave'
import { listOwnEntries } from './list-own'
import { listWaiting, showEntry } from './queries'

/** The link by which one follows, accepts and leaves goes by mail: whoever joined may not be whose address it is. */
const noted = () => ({ status: 'waiting' as const })

export const waitlistRouter = router({
  join: expose(joinWaitlist, { present: noted }),
  show: expose(showEntry),
  accept: expose(acceptOffer),
  leave: expose(leaveWaitlist),
  list: expose(listWaiting),
  listOwn: expose(listOwnEntries),
})
