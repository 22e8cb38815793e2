import { z } from 'zod'
import { chosenLanguage, written } from '@/server/core/cookies'
import { refuse } from '@/server/core/errors'
import type { Limit } from '@/server/core/rate-limit'
import { languages } from '@/server/notification/template/model'
import { passwordLength } from './model'
import { ownPath } from './model-link'
import { profileOf } from './queries'
import { type SignedIn, signedIn } from './session'

export type Outcome = { answer: unknown; headers?: Headers | null }

/** One thing that can be asked of identity over HTTP. What is in no list of them is not served. */
export type Endpoint<I = unknown> = {
  method: 'GET' | 'POST'
  input: z.ZodType<I>
  /** Counted before anything is looked up. */
  limits?: (input: I, network: string) => [Limit, who: string][]
  /** Costs a password's hashing. */
  hashes?: true
  run: (input: I, headers: Headers) => Promise<Outcome>
}

export const endpoint = <I>(definition: Endpoint<I>) => definition as unknown as Endpoint

export const nothing = z.strictObject({})
export const givenPassword = z.string().min(1).max(passwordLength.max)
export const newPassword = z.string().min(passwordLength.min).max(passwordLength.max)
export const languageField = z.enum(languages).optional()
/** Where to go on afterwards. What is no path of ours is left out. */
export const nextField = z
  .string()
  .max(2000)
  .transform((path) => ownPath(path))
  .optional()
export const tokenField = z.string().regex(/^[\w-]{43}$/)

export const whoAsks = async (headers: Headers): Promise<SignedIn> =>
  (await signedIn(headers)) ?? refuse('unauthenticated')

/** Whoever just signed in or changed: as they see themselves, and their language for this browser's pages. */
export async function asThemselves(userId: string, set?: Headers | null): Promise<Outcome> {
  const user = await profileOf(userId)
  const headers = new Headers(set ?? undefined)
  if (user?.language) headers.append('set-cookie', written(chosenLanguage(user.language)))
  return { answer: { user }, headers }
}
