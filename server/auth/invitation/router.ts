import { expose, router } from '@/server/procedure'
import { acceptInvitation } from './accept'
import { getInvitation, listInvitations } from './queries'
import { sendInvitation } from './send'
import { withdrawInvitation } from './withdraw'

export const invitationRouter = router({
  accept: expose(acceptInvitation),
  get: expose(getInvitation),
  list: expose(listInvitations),
  send: expose(sendInvitation),
  withdraw: expose(withdrawInvitation),
})
