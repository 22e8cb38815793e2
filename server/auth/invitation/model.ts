import type { Role } from '@/server/core/actor'
import type { Data } from '@/server/core/events'
import { transitions } from '@/server/core/transitions'
import type { invitationSent } from './events'

export const invitationStatuses = ['sent', 'accepted', 'withdrawn'] as const
export type InvitationStatus = (typeof invitationStatuses)[number]

export const invitationLife = transitions<InvitationStatus, 'accept' | 'withdraw'>({
  accept: { from: ['sent'], to: 'accepted' },
  withdraw: { from: ['sent'], to: 'withdrawn' },
})

export const invitationDays = 7

/** One that ran out stays as it was; it only opens nothing any more. */
export const stands = (row: { status: InvitationStatus; expiresAt: Date }, now: Date): boolean =>
  row.status === 'sent' && row.expiresAt > now

export type Invitation = { role: Role; invitedBy: string; status: InvitationStatus }

export const evolveInvitation = {
  'auth.invitation.sent.v1': (_: Invitation | null, d: Data<typeof invitationSent>): Invitation => ({
    role: d.role,
    invitedBy: d.invitedBy,
    status: 'sent',
  }),
  'auth.invitation.accepted.v1': (s: Invitation): Invitation => ({
    ...s,
    status: invitationLife.next(s.status, 'accept'),
  }),
  'auth.invitation.withdrawn.v1': (s: Invitation): Invitation => ({
    ...s,
    status: invitationLife.next(s.status, 'withdraw'),
  }),
}
