import { and, eq, gt } from 'drizzle-orm'
import { z } from 'zod'
import { business, invitation } from '@/db/schema'
import { roles } from '@/server/core/actor'
import { command } from '@/server/core/command'
import { config } from '@/server/core/config'
import { resourceToken } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { email, id, rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { planMail } from '@/server/notification/message/capabilities'
import { languages } from '@/server/notification/template/model'
import { membershipsLock, mustManage } from '../membership/capabilities'
import { profileOf } from '../user/queries'
import { invitationSent } from './events'
import { invitationDays } from './model'

const mostOpen = 100

/** Asks somebody by mail to take a role. Only an owner asks somebody to be one. */
export const sendInvitation = command({
  name: 'auth.invitation.send',
  input: z.strictObject({
    businessId: id,
    email,
    role: z.enum(roles),
    language: z.enum(languages).optional(),
  }),
  may: members('owner', 'admin'),
  locks: (_tx, { businessId }) => [membershipsLock(businessId)],
  run: async (tx, { businessId, email: address, role, language }, { actor, tenantId, now, append }) => {
    await mustManage(tx, businessId, actor, role)
    const invitedBy = actor.kind === 'user' ? actor.userId : refuse('forbidden')
    const open = and(
      eq(invitation.tenantId, tenantId),
      eq(invitation.status, 'sent'),
      gt(invitation.expiresAt, now),
    )
    const standing = await tx
      .select({ email: invitation.email, role: invitation.role })
      .from(invitation)
      .where(open)
    if (standing.some((one) => one.email === address && one.role === role))
      refuse('conflict', 'already_invited')
    if (standing.length >= mostOpen) refuse('conflict', 'too_many_invitations')
    const [house] = await tx.select().from(business).where(eq(business.tenantId, tenantId))
    if (!house) refuse('not_found')
    const invitationId = newId()
    const expiresAt = new Date(now.getTime() + invitationDays * 24 * 3600_000)
    const sent = { invitationId, businessId, email: address, role, invitedBy, expiresAt: rfc3339(expiresAt) }
    const token = resourceToken('invitation', invitationId)
    const mail = await planMail(tx, {
      tenantId,
      recipientId: invitationId,
      template: 'invitation',
      language: language ?? (house.language === 'de' ? 'de' : 'en'),
      aboutType: 'auth.invitation',
      aboutId: invitationId,
      content: {
        to: { name: '', address },
        url: `${config().PUBLIC_URL}/invitations/${invitationId}?token=${token}`,
        minutes: invitationDays * 24 * 60,
        invitation: { by: (await profileOf(invitedBy))?.name || house.name, role },
        brand: { name: house.name, accent: house.accent },
      },
      now,
    })
    await append([invitationSent(invitationId, sent), ...(mail?.events ?? [])])
    await tx.insert(invitation).values({
      tenantId,
      id: invitationId,
      email: address,
      role,
      status: 'sent',
      invitedBy,
      createdAt: now,
      expiresAt,
    })
    for (const write of mail?.write ?? []) await write(tx)
    return { invitationId }
  },
})
