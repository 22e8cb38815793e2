import type { Language } from '@/server/notification/template/model'
import { userIdOf } from './queries'
import { sendLink } from './send-link'

type Asked = {
  email: string
  purpose: 'sign_in' | 'reset_password'
  language?: Language
  next?: string | null
}

/** Longer than it takes to write a mail down, so that nobody hears from the wait whether there is an account. */
const evenMs = 250

/** Mails a link to an address that has an account. Whoever asks cannot tell whether it has. */
export async function requestLink({ email, ...wanted }: Asked): Promise<void> {
  const work = async () => {
    const userId = await userIdOf(email)
    if (userId) await sendLink({ ...wanted, userId })
  }
  await Promise.all([work(), new Promise((resolve) => setTimeout(resolve, evenMs))])
}
