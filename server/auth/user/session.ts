import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { appDb, authDb } from '@/db/client'
import { membership, session, user } from '@/db/schema'
import { type Actor, anonymous, type Grant, type Role } from '@/server/core/actor'
import { onPoke } from '@/server/core/live/poke'
import { reading } from '@/server/core/query'
import { hashToken, tokenIn } from './token'

export type SignedIn = { sessionId: string; actor: Extract<Actor, { kind: 'user' }> }

/** Who asks: the person of the session cookie with what they may do and where, or nobody. */
export async function actorOf(headers: Headers): Promise<Actor> {
  return (await signedIn(headers))?.actor ?? anonymous
}

/** As `actorOf`, with the session. What was taken away counts at once in this process, within `cacheMs` in the others. */
export async function signedIn(headers: Headers): Promise<SignedIn | null> {
  const token = tokenIn(headers)
  if (!token) return null
  const { entries } = known()
  const key = hashToken(token)
  const kept = entries.get(key)
  if (kept && kept.at > Date.now() - cacheMs) return kept.found
  const entry: Entry = { at: Date.now(), found: find(key) }
  entries.delete(key)
  if (entries.size >= mostEntries) entries.delete(entries.keys().next().value as string)
  entries.set(key, entry)
  const drop = () => entries.get(key) === entry && entries.delete(key)
  entry.found.then((who) => {
    entry.userId = who?.actor.userId
    if (!who) drop()
  }, drop)
  return entry.found
}

/** Asks the database again for this person, or for everybody. */
export function forget(userId?: string): void {
  const { entries } = known()
  for (const [key, entry] of entries)
    if (!userId || !entry.userId || entry.userId === userId) entries.delete(key)
}

async function find(tokenHash: string): Promise<SignedIn | null> {
  const [row] = await authDb()
    .select({ sessionId: session.id, userId: user.id, operator: user.operator })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(
      and(eq(session.token, tokenHash), gt(session.expiresAt, sql`clock_timestamp()`), isNull(user.erasedAt)),
    )
  if (!row) return null
  const { sessionId, userId, operator } = row
  return { sessionId, actor: { kind: 'user', id: userId, userId, operator, grants: await grantsOf(userId) } }
}

/** A person's roles in every business, as row-level security shows them to that person. */
export async function grantsOf(userId: string): Promise<Grant[]> {
  const rows = await reading({ userId }, (tx) =>
    tx
      .select({ tenantId: membership.tenantId, role: membership.role })
      .from(membership)
      .where(and(eq(membership.userId, userId), isNull(membership.revokedAt))),
  )
  return rows.map(({ tenantId, role }) => ({ tenantId, role: role as Role }))
}

type Entry = { at: number; found: Promise<SignedIn | null>; userId?: string }
type Known = { entries: Map<string, Entry> }

const cacheMs = 3000
const mostEntries = 5000

/** One memory a process, whichever bundle asks; told of every fact that names a person. */
function known(): Known {
  const holder = globalThis as { __slotwise_sessions?: Known }
  if (!holder.__slotwise_sessions) {
    holder.__slotwise_sessions = { entries: new Map() }
    onPoke((topics) => {
      for (const topic of topics) if (topic.startsWith('user:')) forget(topic.slice('user:'.length))
    })
  }
  return holder.__slotwise_sessions
}
