import type { Language } from '@/server/notification/template/model'
import { requirePassword } from './require-password'
import { sendLink } from './send-link'

type Wanted = { userId: string; email: string; password?: string; language?: Language }

/** Asks the new address for its word. Until it gives it, the old one stays. */
export async function changeAddress({ userId, email, password, language }: Wanted): Promise<void> {
  await requirePassword(userId, password)
  await sendLink({ purpose: 'change_address', userId, email, language })
}
