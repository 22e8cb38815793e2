import { refuse } from '@/server/core/errors'
import { identity } from './identity'
import { passwordHashOf } from './queries'

/** Before what cannot be taken back: a session left open somewhere is not enough, where there is a password. */
export async function requirePassword(userId: string, password: string | undefined): Promise<void> {
  const hash = await passwordHashOf(userId)
  if (!hash) return
  const { password: hashing } = await identity().$context
  if (!password || !(await hashing.verify({ hash, password }))) refuse('forbidden', 'wrong_password')
}
