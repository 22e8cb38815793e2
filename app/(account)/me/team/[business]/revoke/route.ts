import { revokeMembership } from '@/server/auth/membership/revoke'
import { teamForm } from '../team-form'

export const POST = teamForm('revoke', [], (form, businessId, call) =>
  revokeMembership.execute({ businessId, membershipId: form.get('membershipId') ?? '' }, call),
)
