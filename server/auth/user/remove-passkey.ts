import { and, eq } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { passkey } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { poke } from '@/server/core/live/poke'
import { lockPerson, recordPerson } from './capabilities'
import { userUpdated } from './events'

/** Takes away a way to sign in. A link by mail always remains. */
export async function removePasskey(userId: string, id: string): Promise<void> {
  const topics = await authDb().transaction(async (tx) => {
    await lockPerson(tx, userId)
    const own = and(eq(passkey.userId, userId), eq(passkey.id, id))
    const [found] = await tx.select({ id: passkey.id }).from(passkey).where(own)
    if (!found) refuse('not_found')
    const said = await recordPerson(tx, userId, [
      userUpdated(userId, { userId, changes: { passkey: 'removed' } }),
    ])
    await tx.delete(passkey).where(own)
    return said
  })
  poke(topics)
}
