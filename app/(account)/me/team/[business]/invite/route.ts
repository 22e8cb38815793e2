import { sendInvitation } from '@/server/auth/invitation/send'
import type { Role } from '@/server/core/actor'
import { teamForm } from '../team-form'

export const POST = teamForm('invite', ['email', 'role'], (form, businessId, call) =>
  sendInvitation.execute(
    { businessId, email: (form.get('email') ?? '').trim(), role: (form.get('role') ?? '') as Role },
    call,
  ),
)
