import { eq } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { user } from '@/db/schema'
import { systemActor } from '@/server/core/actor'
import { refuse } from '@/server/core/errors'
import { poke } from '@/server/core/live/poke'
import { lockPerson, recordPerson } from './capabilities'
import { userUpdated } from './events'
import { userIdOf } from './queries'

/** Makes somebody with an account an operator of the platform. Only a command line on the server calls this. */
export async function makeOperator(email: string): Promise<{ userId: string; already: boolean }> {
  const userId = await userIdOf(email.trim())
  if (!userId) refuse('not_found', 'no_such_account')
  const topics = await authDb().transaction(async (tx) => {
    await lockPerson(tx, userId)
    const [row] = await tx.select({ operator: user.operator }).from(user).where(eq(user.id, userId))
    if (!row || row.operator) return null
    const said = await recordPerson(tx, systemActor('make-operator').id, [
      userUpdated(userId, { userId, changes: { operator: true } }),
    ])
    await tx.update(user).set({ operator: true, updatedAt: new Date() }).where(eq(user.id, userId))
    return said
  })
  if (topics) poke(topics)
  return { userId, already: topics === null }
}
