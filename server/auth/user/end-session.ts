import { and, eq, ne } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { session } from '@/db/schema'
import { poke } from '@/server/core/live/poke'
import { forget } from './session'

/** Ends one of a person's own sessions, on whatever device it is. */
export async function endSession(userId: string, sessionId: string): Promise<boolean> {
  const ended = await authDb()
    .delete(session)
    .where(and(eq(session.userId, userId), eq(session.id, sessionId)))
    .returning({ id: session.id })
  left(userId)
  return ended.length > 0
}

/** Ends all of a person's sessions but the one they do it from. */
export async function endOtherSessions(userId: string, keep: string): Promise<number> {
  const ended = await authDb()
    .delete(session)
    .where(and(eq(session.userId, userId), ne(session.id, keep)))
    .returning({ id: session.id })
  left(userId)
  return ended.length
}

/** Their open streams ask at once whether they still may. */
function left(userId: string): void {
  forget(userId)
  poke([`user:${userId}`])
}
