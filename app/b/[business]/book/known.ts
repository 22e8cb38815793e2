import { headers } from 'next/headers'
import { profileOf } from '@/server/auth/user/queries'
import { ownPhone } from '@/server/business/contact/queries'
import { viewOf } from '@/server/request'

/** What is known of whoever books while signed in, to begin a form with. */
export async function knownOf(businessId: string) {
  const call = await viewOf(await headers())
  const person = call.actor.kind === 'user' ? await profileOf(call.actor.userId) : null
  if (!person) return null
  const { phone } = await ownPhone.execute({ businessId }, call)
  return { name: person.name, email: person.email, phone: phone ?? undefined }
}
