import { eq } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { account, passkey, session, user } from '@/db/schema'
import { platformTenant } from '@/server/core/id'
import { poke } from '@/server/core/live/poke'
import { forget as forgetSubject } from '@/server/platform/subject/capabilities'
import { dropLinks, lockPerson, recordPerson } from './capabilities'
import { userErased } from './events'
import { forget } from './session'

/** Forgets a person: their key goes, and everything that says who they are. What happened stays in the log. */
export async function eraseUser(userId: string): Promise<void> {
  const topics = await authDb().transaction(async (tx) => {
    await lockPerson(tx, userId)
    const [person] = await tx.select().from(user).where(eq(user.id, userId))
    if (!person || person.erasedAt) return []
    const now = new Date()
    const forgetting = await forgetSubject(tx, platformTenant, userId, now)
    const said = await recordPerson(tx, userId, [
      userErased(userId, { userId }),
      ...(forgetting ? [forgetting.event] : []),
    ])
    await forgetting?.destroy(tx)
    await dropLinks(tx, userId)
    for (const table of [session, account, passkey]) await tx.delete(table).where(eq(table.userId, userId))
    await tx
      .update(user)
      .set({
        name: '',
        email: `${userId}@erased.invalid`,
        emailVerified: false,
        image: null,
        language: null,
        timeZone: null,
        operator: false,
        erasedAt: now,
        updatedAt: now,
      })
      .where(eq(user.id, userId))
    return said
  })
  forget(userId)
  poke(topics)
}
