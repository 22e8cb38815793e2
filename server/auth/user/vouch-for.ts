import { eq } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { user } from '@/db/schema'
import { poke } from '@/server/core/live/poke'
import { lockPerson, recordPerson } from './capabilities'
import { userUpdated } from './events'

/** Takes an address as confirmed, where whoever runs the installation gave it out themselves. */
export async function vouchFor(userId: string): Promise<void> {
  const topics = await authDb().transaction(async (tx) => {
    await lockPerson(tx, userId)
    const [person] = await tx.select().from(user).where(eq(user.id, userId))
    if (!person || person.erasedAt || person.emailVerified) return []
    const changes = { emailVerified: true }
    const said = await recordPerson(tx, userId, [userUpdated(userId, { userId, changes })])
    await tx
      .update(user)
      .set({ ...changes, updatedAt: new Date() })
      .where(eq(user.id, userId))
    return said
  })
  poke(topics)
}
