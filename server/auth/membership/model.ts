import type { Role } from '@/server/core/actor'
import type { Data } from '@/server/core/events'
import { transitions } from '@/server/core/transitions'
import type { membershipGranted } from './events'

export type MembershipStatus = 'active' | 'revoked'

export const membershipLife = transitions<MembershipStatus, 'grant' | 'revoke'>({
  grant: { from: ['revoked'], to: 'active' },
  revoke: { from: ['active'], to: 'revoked' },
})

export const statusOf = (row: { revokedAt: Date | null }): MembershipStatus =>
  row.revokedAt ? 'revoked' : 'active'

export type Membership = { userId: string; role: Role; status: MembershipStatus }

export const evolveMembership = {
  'auth.membership.granted.v1': (_: Membership | null, d: Data<typeof membershipGranted>): Membership => ({
    userId: d.userId,
    role: d.role,
    status: 'active',
  }),
  'auth.membership.revoked.v1': (s: Membership): Membership => ({ ...s, status: 'revoked' }),
}
