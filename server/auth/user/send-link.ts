import { eq } from 'drizzle-orm'
import { authDb } from '@/db/client'
import { user } from '@/db/schema'
import { config } from '@/server/core/config'
import { platformTenant } from '@/server/core/id'
import { poke } from '@/server/core/live/poke'
import { planMail } from '@/server/notification/message/capabilities'
import {
  type AccountTemplate,
  type Language,
  languageOf,
  oneLine,
} from '@/server/notification/template/model'
import { keepLink, recordPerson } from './capabilities'
import { type LinkPurpose, linkMinutes, linkPath } from './model-link'
import { newToken } from './token'

const templates: Record<LinkPurpose, AccountTemplate> = {
  sign_in: 'magic_link',
  verify_address: 'verify_address',
  change_address: 'verify_address',
  reset_password: 'reset_password',
}

type Wanted = {
  purpose: LinkPurpose
  userId: string
  /** Another than the account's own only to change it. */
  email?: string
  language?: Language
  next?: string | null
}

/** Mails a link to somebody with an account: its secret's hash, the fact and the mail at once. */
export async function sendLink({ purpose, userId, email, language, next }: Wanted): Promise<void> {
  const topics = await authDb().transaction(async (tx) => {
    const [person] = await tx.select().from(user).where(eq(user.id, userId))
    if (!person || person.erasedAt) return []
    const now = new Date()
    const address = email ?? person.email
    const token = newToken()
    const plan = await planMail(tx, {
      tenantId: platformTenant,
      recipientId: userId,
      template: templates[purpose],
      language: languageOf(language, person.language),
      aboutType: 'auth.user',
      aboutId: userId,
      content: {
        to: { name: oneLine(person.name, 120), address },
        url: config().PUBLIC_URL + linkPath(purpose, token, next),
        minutes: linkMinutes[purpose],
        invitation: null,
        brand: null,
      },
      now,
    })
    if (!plan) return []
    const said = await recordPerson(tx, userId, plan.events)
    await keepLink(tx, token, { purpose, userId, email: address }, now)
    for (const write of plan.write) await write(tx)
    return said
  })
  poke(topics)
}
