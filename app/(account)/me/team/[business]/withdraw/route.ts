import { withdrawInvitation } from '@/server/auth/invitation/withdraw'
import { teamForm } from '../team-form'

export const POST = teamForm('withdraw', [], (form, businessId, call) =>
  withdrawInvitation.execute({ businessId, invitationId: form.get('invitationId') ?? '' }, call),
)
