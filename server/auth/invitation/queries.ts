import { and, desc, eq, gt, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb } from '@/db/client'
import { business, invitation } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { id, rfc3339 } from '@/server/core/fields'
import { bearerOf, members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { profileOf } from '../user/queries'
import { stands } from './model'

export async function tenantOfInvitation(invitationId: string): Promise<string | null> {
  const [row] = await appDb().execute<{ tenant: string | null }>(
    sql`select tenant_of('invitation', ${invitationId}) as tenant`,
  )
  return row?.tenant ?? null
}

/** What the link in the mail shows, before anybody signs in. */
export const getInvitation = query({
  name: 'auth.invitation.get',
  input: z.strictObject({ invitationId: id }),
  may: bearerOf('invitation', 'owner', 'admin'),
  tenant: ({ invitationId }) => tenantOfInvitation(invitationId),
  resource: ({ invitationId }) => invitationId,
  run: async (tx, { invitationId }, { tenantId }) => {
    const [row] = await tx
      .select()
      .from(invitation)
      .where(and(eq(invitation.tenantId, tenantId), eq(invitation.id, invitationId)))
    const [house] = await tx
      .select({ name: business.name, slug: business.slug, accent: business.accent })
      .from(business)
      .where(eq(business.tenantId, tenantId))
    if (!row || !house) refuse('not_found')
    const by = await profileOf(row.invitedBy)
    return {
      business: house,
      role: row.role,
      by: by?.name || house.name,
      stands: stands(row, new Date()),
      expiresAt: rfc3339(row.expiresAt),
    }
  },
})

/** Who was asked and has not answered, newest first. */
export const listInvitations = query({
  name: 'auth.invitation.list',
  input: z.strictObject({
    businessId: id,
    limit: z.int().min(1).max(100).default(100),
    after: id.optional(),
  }),
  may: members('owner', 'admin'),
  run: async (tx, { businessId, limit, after }) => {
    const rows = await tx
      .select({
        id: invitation.id,
        email: invitation.email,
        role: invitation.role,
        createdAt: invitation.createdAt,
        expiresAt: invitation.expiresAt,
      })
      .from(invitation)
      .where(
        and(
          eq(invitation.tenantId, businessId),
          eq(invitation.status, 'sent'),
          gt(invitation.expiresAt, sql`clock_timestamp()`),
          after ? lt(invitation.id, after) : undefined,
        ),
      )
      .orderBy(desc(invitation.id))
      .limit(limit + 1)
    const page = rows
      .slice(0, limit)
      .map((row) => ({ ...row, createdAt: rfc3339(row.createdAt), expiresAt: rfc3339(row.expiresAt) }))
    return { invitations: page, after: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
  },
})
