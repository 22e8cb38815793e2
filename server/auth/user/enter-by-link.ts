import { eq } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { account, session, user } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { poke } from '@/server/core/live/poke'
import { ask } from './ask'
import { dropLinks, mustOpen, recordPerson } from './capabilities'
import { userUpdated } from './events'
import { forget } from './session'

/** Signs in whoever got our mail, which also proves their address. Returns the headers that carry the session. */
export async function enterByLink(
  token: string,
  headers: Headers,
): Promise<{ userId: string; set: Headers }> {
  const { userId, topics } = await authDb().transaction((tx) => proven(tx, token))
  forget(userId)
  poke(topics)
  const { headers: set } = await ask((api) => api.enter({ body: { userId }, headers, returnHeaders: true }))
  return { userId, set }
}

/**
 * An address that nobody had proven may have been signed up by a stranger. Who comes by a link they asked for inherits
 * neither that password nor its sessions.
 */
async function proven(tx: Parameters<typeof mustOpen>[0], token: string) {
  const { userId, email, purpose } = await mustOpen(tx, ['sign_in', 'verify_address'], token)
  const [person] = await tx.select().from(user).where(eq(user.id, userId))
  if (!person || person.erasedAt || person.email !== email) refuse('conflict', 'link_used')
  const unproven = !person.emailVerified && purpose === 'sign_in'
  const changes = { emailVerified: true, ...(unproven ? { password: 'removed' } : {}) }
  const topics = person.emailVerified
    ? []
    : await recordPerson(tx, userId, [userUpdated(userId, { userId, changes })])
  await dropLinks(tx, userId)
  if (unproven) {
    await tx.delete(account).where(eq(account.userId, userId))
    await tx.delete(session).where(eq(session.userId, userId))
  }
  if (!person.emailVerified)
    await tx.update(user).set({ emailVerified: true, updatedAt: new Date() }).where(eq(user.id, userId))
  return { userId, topics }
}
