import { expose, router } from '@/server/procedure'
import { clearInbox } from './clear'
import { openNotice } from './open'
import { countUnread, listInbox } from './queries'

export const inboxRouter = router({
  clear: expose(clearInbox),
  count: expose(countUnread),
  list: expose(listInbox),
  open: expose(openNotice),
})
