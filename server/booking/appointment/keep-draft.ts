import { z } from 'zod'
import { keyFor, sealBytes, unsealBytes } from '@/server/core/crypto'

const draftSchema = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  answers: z.record(z.string(), z.string()).default({}),
  wrong: z.array(z.string()),
})

/** What somebody typed into a form that was refused, so that the page which says so still has it. */
export type Draft = z.output<typeof draftSchema>

const context = 'booking-draft'

/** Sealed, since it says who somebody is and goes through their browser. */
export const keepDraft = (draft: Draft): string =>
  sealBytes(keyFor(context), Buffer.from(JSON.stringify(draft)), context).toString('base64url')

export function keptDraft(sealed: string | undefined): Draft | null {
  if (!sealed) return null
  try {
    return draftSchema.parse(
      JSON.parse(unsealBytes(keyFor(context), Buffer.from(sealed, 'base64url'), context).toString()),
    )
  } catch {
    return null
  }
}
