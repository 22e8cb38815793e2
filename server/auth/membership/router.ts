import { expose, router } from '@/server/procedure'
import { grantMembership } from './grant'
import { revokeMembership } from './revoke'

export const membershipRouter = router({ grant: expose(grantMembership), revoke: expose(revokeMembership) })
