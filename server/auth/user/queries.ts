import { and, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { account, passkey, session, user } from '@/db/schema'
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
    .where(and(eq(user.id, userId), isNull(user.erasedAt)))
  return row ?? null
}

export async function userIdOf(email: string): Promise<string | null> {
  const [row] = await authDb().select({ id: user.id }).from(user).where(eq(user.email, email.toLowerCase()))
  return row?.id ?? null
}

/** The address somebody proved to be theirs; null where there is none. */
export async function confirmedAddressOf(userId: string): Promise<string | null> {
  const [row] = await authDb()
    .select({ email: user.email })
    .from(user)
    .where(and(eq(user.id, userId), eq(user.emailVerified, true), isNull(user.erasedAt)))
  return row?.email ?? null
}

export async function passwordHashOf(userId: string): Promise<string | null> {
  const [row] = await authDb()
    .select({ hash: account.password })
    .from(account)
    .where(and(eq(account.userId, userId), eq(account.providerId, 'credential')))
  return row?.hash ?? null
}

/** A person's passkeys, without what proves them. */
export async function listPasskeys(userId: string) {
  const rows = await authDb()
    .select({ id: passkey.id, name: passkey.name, createdAt: passkey.createdAt })
    .from(passkey)
    .where(eq(passkey.userId, userId))
    .orderBy(desc(passkey.createdAt), desc(passkey.id))
  return rows.map((row) => ({ ...row, createdAt: row.createdAt && rfc3339(row.createdAt) }))
}

/** What people call themselves, for those who work with them. */
export async function namesOfUsers(ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await authDb()
    .select({ id: user.id, name: user.name })
    .from(user)
    .where(and(inArray(user.id, [...new Set(ids)]), isNull(user.erasedAt)))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
