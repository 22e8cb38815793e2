import { and, desc, eq, gt, sql } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { session, user } from '@/db/schema'
import { rfc3339 } from '@/server/core/fields'
import type { SignedIn } from './session'

/** A person's own sessions, newest first, without what opens them. */
export async function listSessions({ actor, sessionId }: SignedIn) {
  const rows = await authDb()
    .select({
      id: session.id,
      address: session.ipAddress,
      browser: session.userAgent,
      createdAt: session.createdAt,
      expiresAt: session.expiresAt,
    })
    .from(session)
    .where(and(eq(session.userId, actor.userId), gt(session.expiresAt, sql`clock_timestamp()`)))
    .orderBy(desc(session.createdAt), desc(session.id))
    .limit(100)
  return rows.map((row) => ({
    ...row,
    createdAt: rfc3339(row.createdAt),
    expiresAt: rfc3339(row.expiresAt),
    current: row.id === sessionId,
  }))
}

/** A person as they see themselves. */
export async function profileOf(userId: string) {
  const [row] = await authDb()
    .select({
      id: user.id,
      name: user.name,
      email: user.email,
      emailVerified: user.emailVerified,
      language: user.language,
      timeZone: user.timeZone,
      operator: user.operator,
    })
    .from(user)
    .where(eq(user.id, userId))
  return row ?? null
}

export async function userIdOf(email: string): Promise<string | null> {
  const [row] = await authDb().select({ id: user.id }).from(user).where(eq(user.email, email.toLowerCase()))
  return row?.id ?? null
}
