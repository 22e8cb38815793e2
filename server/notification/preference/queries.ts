import { and, eq, inArray, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { authDb, type Tx } from '@/db/client'
import { business, contact, preference, user } from '@/db/schema'
import { familyOf } from '@/server/business/contact/queries'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { platformTenant } from '@/server/core/id'
import { bearerOf, signedIn } from '@/server/core/policy'
import { inTenant, query } from '@/server/core/query'
import { whoIsPushedTo } from '../browser/queries'

import type { Choices } from './model-choice'

export async function choicesOf(tx: Tx, subjectId: string): Promise<Choices> {
  const [row] = await tx
    .select({ choices: preference.choices })
    .from(preference)
    .where(eq(preference.subjectId, subjectId))
  return row?.choices ?? {}
}

/** What the link in a mail shows whoever got it. */
export const showPreferences = query({
  name: 'notification.preference.show',
  input: z.strictObject({ businessId: id, id }),
  may: bearerOf('preference', 'owner', 'admin'),
  resource: ({ id }) => id,
  run: async (tx, { id: contactId }) => {
    const [person] = await familyOf(tx, contactId)
    const [house] = await tx
      .select({
        name: business.name,
        slug: business.slug,
        accent: business.accent,
        language: business.language,
      })
      .from(business)
    if (!person || person.erasedAt || !house) return refuse('not_found')
    return {
      business: house,
      address: person.email,
      phone: person.phone,
      choices: await choicesOf(tx, person.id),
    }
  },
})

/** A person's own, for every business. */
export const showOwnPreferences = query({
  name: 'notification.preference.show_own',
  input: z.strictObject({}),
  may: signedIn,
  run: async (tx, _input, { call }) => ({
    choices: call.actor.kind === 'user' ? await choicesOf(tx, call.actor.userId) : {},
  }),
})

export type Account = { userId: string; choices: Choices; pushes: boolean }

/** What these people with accounts want to hear of, and whether a browser of theirs is told. */
export async function accountsOf(userIds: readonly string[]): Promise<Account[]> {
  if (userIds.length === 0) return []
  return inTenant(platformTenant, async (tx) => {
    const [pushes, said] = await Promise.all([
      whoIsPushedTo(tx, userIds),
      tx
        .select({ userId: preference.subjectId, choices: preference.choices })
        .from(preference)
        .where(inArray(preference.subjectId, [...userIds])),
    ])
    const choices = new Map(said.map((one) => [one.userId, one.choices]))
    return userIds.map((userId) => ({
      userId,
      choices: choices.get(userId) ?? {},
      pushes: pushes.has(userId),
    }))
  })
}

/** The account that proved to have a contact's address, and what its owner wants; null where there is none. */
export async function accountOf(tenantId: string, contactId: string): Promise<Account | null> {
  const [person] = await inTenant(tenantId, (tx) =>
    tx.select({ email: contact.email }).from(contact).where(eq(contact.id, contactId)),
  )
  if (!person?.email) return null
  const [found] = await authDb()
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.email, person.email), eq(user.emailVerified, true), isNull(user.erasedAt)))
  const [account] = found ? await accountsOf([found.id]) : []
  return account ?? null
}
