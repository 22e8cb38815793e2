import type { Tx } from '@/db/client'
import { preference } from '@/db/schema'
import type { Context } from '@/server/core/command'
import { preferenceSet } from './events'
import { chooseAlso } from './model'
import type { Choices } from './model-choice'
import { choicesOf } from './queries'

export const preferenceLock = (subjectId: string): string => `preference:${subjectId}`

/** What was chosen is kept; what was not stays as it is. */
export async function choose(
  tx: Tx,
  { tenantId, append }: Pick<Context, 'tenantId' | 'append'>,
  subjectId: string,
  more: Choices,
): Promise<Choices> {
  const choices = chooseAlso(await choicesOf(tx, subjectId), more)
  await append([preferenceSet(subjectId, { subjectId, choices })])
  await tx
    .insert(preference)
    .values({ tenantId, subjectId, choices })
    .onConflictDoUpdate({ target: [preference.tenantId, preference.subjectId], set: { choices } })
  return choices
}
