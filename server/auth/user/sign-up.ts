import type { Language } from '@/server/notification/template/model'
import { ask } from './ask'
import { userIdOf } from './queries'
import { sendLink } from './send-link'

type Newcomer = { name: string; email: string; password: string; language?: Language }

/** Makes an account, unless the address has one: neither the caller nor the clock can tell which. */
export async function signUp(person: Newcomer): Promise<void> {
  await ask((api) => api.signUpEmail({ body: person }))
}

/** As `signUp`, with a mail: to confirm the address, or, where it has an account already, to sign in to that. */
export async function signUpByMail({ next, ...person }: Newcomer & { next?: string | null }): Promise<void> {
  const before = await userIdOf(person.email)
  await signUp(person)
  const userId = before ?? (await userIdOf(person.email))
  const purpose = before ? 'sign_in' : 'verify_address'
  if (userId) await sendLink({ purpose, userId, language: person.language, next })
}
