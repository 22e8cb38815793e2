import { z } from 'zod'
import { keyFor, sealBytes, unsealBytes } from '@/server/core/crypto'

const typedSchema = z.object({
  /** Of which form, so that no other page shows it. */
  form: z.string(),
  values: z.record(z.string(), z.string()),
  /** The fields to look at again. */
  wrong: z.array(z.string()),
  /** Why it was refused, where it is not a field's fault. */
  code: z.string().nullable(),
})

/** What somebody typed into a form that was refused. Never a password. */
export type Typed = z.infer<typeof typedSchema>

const context = 'typed-into-account-form'

/** Sealed, since it says who somebody is and goes through their browser. */
export const keepTyped = (typed: Typed): string =>
  sealBytes(keyFor(context), Buffer.from(JSON.stringify(typed)), context).toString('base64url')

export function keptTyped(sealed: string | undefined, form: string): Typed | null {
  if (!sealed) return null
  try {
    const opened = unsealBytes(keyFor(context), Buffer.from(sealed, 'base64url'), context)
    const typed = typedSchema.parse(JSON.parse(opened.toString()))
    return typed.form === form ? typed : null
  } catch {
    return null
  }
}
