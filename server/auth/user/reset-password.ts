import { and, eq } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { account, session, user } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { poke } from '@/server/core/live/poke'
import { dropLinks, linkOpens, mustOpen, planNotice, recordPerson } from './capabilities'
import { userUpdated } from './events'
import { identity } from './identity'
import { forget } from './session'

/** A new password for whoever got our mail. It ends every session, since the old one may be in other hands. */
export async function resetPassword(token: string, password: string): Promise<{ email: string }> {
  if (!(await linkOpens('reset_password', token))) refuse('conflict', 'link_used')
  const hash = await (await identity().$context).password.hash(password)
  const { userId, email, topics } = await authDb().transaction(async (tx) => {
    const link = await mustOpen(tx, ['reset_password'], token)
    const own = eq(user.id, link.userId)
    const [person] = await tx.select().from(user).where(own)
    if (!person || person.erasedAt || person.email !== link.email) refuse('conflict', 'link_used')
    const changes = { password: 'changed', ...(person.emailVerified ? {} : { emailVerified: true }) }
    const notice = await planNotice(tx, person, 'password_changed', new Date())
    const said = await recordPerson(tx, person.id, [
      userUpdated(person.id, { userId: person.id, changes }),
      ...notice.events,
    ])
    for (const write of notice.write) await write(tx)
    await dropLinks(tx, person.id)
    await tx.update(user).set({ emailVerified: true, updatedAt: new Date() }).where(own)
    const kept = await tx
      .update(account)
      .set({ password: hash, updatedAt: new Date() })
      .where(and(eq(account.userId, person.id), eq(account.providerId, 'credential')))
      .returning({ id: account.id })
    if (kept.length === 0)
      await tx.insert(account).values({
        id: newId(),
        userId: person.id,
        accountId: person.id,
        providerId: 'credential',
        password: hash,
      })
    await tx.delete(session).where(eq(session.userId, person.id))
    return { userId: person.id, email: person.email, topics: said }
  })
  forget(userId)
  poke(topics)
  return { email }
}
