import { expose, router } from '@/server/procedure'
import { listMessages, showMessage } from './list'
import { inbox } from './queries'
import { resendMessage } from './resend'

export const messageRouter = router({
  inbox: expose(inbox),
  list: expose(listMessages),
  resend: expose(resendMessage),
  show: expose(showMessage),
})
