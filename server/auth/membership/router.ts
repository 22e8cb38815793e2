import { expose, router } from '@/server/procedure'
import { grantMembership } from './grant'
import { listMembers, listOwnMemberships } from './queries'
import { revokeMembership } from './revoke'

export const membershipRouter = router({
  grant: expose(grantMembership),
  list: expose(listMembers),
  listOwn: expose(listOwnMemberships),
  revoke: expose(revokeMembership),
})
