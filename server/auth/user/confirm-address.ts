import { eq } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { user } from '@/db/schema'
import { constraintOf, refuse } from '@/server/core/errors'
import { poke } from '@/server/core/live/poke'
import { dropLinks, mustOpen, planNotice, recordPerson } from './capabilities'
import { userUpdated } from './events'

/** The new address becomes the account's, once somebody who reads its mail says so. */
export async function confirmAddress(token: string): Promise<{ email: string }> {
  const changing = authDb().transaction(async (tx) => {
    const { userId, email } = await mustOpen(tx, ['change_address'], token)
    const [person] = await tx.select().from(user).where(eq(user.id, userId))
    if (!person || person.erasedAt) refuse('conflict', 'link_used')
    const changes = { email, emailVerified: true }
    const notice = await planNotice(tx, person, 'address_changed', new Date())
    const topics = await recordPerson(tx, userId, [
      userUpdated(userId, { userId, changes }),
      ...notice.events,
    ])
    for (const write of notice.write) await write(tx)
    await dropLinks(tx, userId)
    await tx
      .update(user)
      .set({ ...changes, updatedAt: new Date() })
      .where(eq(user.id, userId))
    return { email, topics }
  })
  const { email, topics } = await changing.catch((error: unknown) => {
    if (constraintOf(error) === 'user_email_unique') refuse('conflict', 'account_has_address')
    throw error
  })
  poke(topics)
  return { email }
}
