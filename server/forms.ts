import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Call } from '@/server/core/command'
import { type Cookie, written } from '@/server/core/cookies'
import { keyFor, sealBytes, unsealBytes } from '@/server/core/crypto'
import { isRefusal, isUnavailable, Refusal, refuse } from '@/server/core/errors'
import { countInDatabase } from '@/server/core/rate-limit'
import { problem } from './problem'
import { writes } from './procedure'
import { callOf, cookieOf, correlationOf, networkAsking, requireOwnOrigin } from './request'

export type Form = Pick<URLSearchParams, 'get' | 'entries'> & {
  /** What was chosen from a disk, where something was. */
  file(name: string): File | null
}

/** A form of a page, which works without script: our origin only, counted, answered with where to look next. */
export async function serveForm(
  request: Request,
  work: (form: Form) => Promise<Response>,
): Promise<Response> {
  try {
    requireOwnOrigin(request.headers)
    await countInDatabase(writes, networkAsking(request.headers))
    return await work(await formOf(request))
  } catch (thrown) {
    const error = isMissingPage(thrown) ? new Refusal('not_found', 'not_found') : thrown
    const said = problem(error, correlationOf(request.headers))
    // People get the page that explains it; programs and beacons the problem itself.
    if (!request.headers.get('accept')?.includes('text/html')) return said
    return seeOther(`/errors/${codeOf(error)}`)
  }
}

const codeOf = (error: unknown): string =>
  isRefusal(error) ? error.code : isUnavailable(error) ? 'unavailable' : 'internal'

/** What the framework throws where a page is not found: forms ask the same questions as their pages. */
const isMissingPage = (error: unknown): boolean =>
  error instanceof Error && 'digest' in error && String(error.digest).endsWith(';404')

async function formOf(request: Request): Promise<Form> {
  const type = request.headers.get('content-type') ?? ''
  const fields = new URLSearchParams()
  const files = new Map<string, File>()
  if (/^multipart\/form-data\b/i.test(type)) {
    const sent = await request.formData().catch(() => refuse('malformed'))
    for (const [name, value] of sent)
      if (typeof value === 'string') fields.append(name, value)
      else if (value.size > 0) files.set(name, value)
  } else if (/^application\/x-www-form-urlencoded\b/i.test(type))
    for (const [name, value] of new URLSearchParams(await request.text())) fields.append(name, value)
  else refuse('media_type')
  for (const [name, value] of fields)
    if (value.length > 4000)
      throw new Refusal('malformed', 'malformed', { errors: { [name]: 'is too long' } })
  return Object.assign(fields, { file: (name: string) => files.get(name) ?? null })
}

/** See there: with GET, so that reloading repeats nothing. */
export function seeOther(location: string, cookies: readonly Cookie[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', written(cookie))
  return new Response(null, { status: 303, headers })
}

/** The code of a refusal that a page can answer; anything else goes on. */
export function answerable(error: unknown): Refusal {
  if (isRefusal(error) && ['conflict', 'malformed', 'not_found'].includes(error.kind)) return error
  throw error
}

/** A form as it was sent in when it was refused: what was typed, which fields are wrong, and why. */
export type Draft = { typed: Record<string, string>; wrong: Record<string, string>; code: string }

const context = 'form-draft'
const draftSeconds = 600
/** A cookie holds no more, and an address should not. */
const mostKept = 3800
const refusals = ['malformed', 'conflict', 'unprocessable', 'forbidden']

/** Sealed, since it says who somebody is; for this form alone. What is too long to go along is typed again. */
function sealed(name: string, draft: Draft): string {
  const said = deflateRawSync(JSON.stringify({ ...draft, at: Date.now() }))
  const value = sealBytes(keyFor(context), said, `${context}:${name}`).toString('base64url')
  const [longest] = Object.entries(draft.typed).sort(([, a], [, b]) => b.length - a.length)
  if (value.length <= mostKept || !longest) return value
  const { [longest[0]]: _, ...typed } = draft.typed
  return sealed(name, { ...draft, typed })
}

function unsealed(name: string, kept: string): Draft | null {
  try {
    const bytes = unsealBytes(keyFor(context), Buffer.from(kept, 'base64url'), `${context}:${name}`)
    const said = inflateRawSync(bytes, { maxOutputLength: 100_000 }).toString()
    const { at, ...draft } = JSON.parse(said) as Draft & { at: number }
    return Date.now() - at < draftSeconds * 1000 ? draft : null
  } catch {
    return null
  }
}

/** What somebody typed into this form before, where its page was asked to show it once more. */
export function draftOf(headers: Headers, name: string, again: unknown): Draft | null {
  const kept = again === name ? cookieOf(headers, `draft-${name}`) : undefined
  return kept ? unsealed(name, kept) : null
}

/** A visitor's form goes back to its page with what was typed in the address: in another site's page there are no cookies. */
export const keptDraft = (name: string, form: Form, refusal: Refusal): string =>
  sealed(name, { typed: typedIn(form), wrong: wrongIn(refusal), code: refusal.code })

export const draftIn = (name: string, { draft }: { draft?: string | undefined }): Draft | null =>
  draft ? unsealed(name, draft) : null

export class Wrong extends Error {
  constructor(readonly fields: Record<string, string>) {
    super('wrong')
  }
}

/** The name a form goes by: what it asks for is done once, and sent again it is answered the same. */
export function onceOf(form: Form): Pick<Call, 'idempotencyKey'> {
  const once = form.get('once') ?? ''
  return /^[\w-]{20,64}$/.test(once) ? { idempotencyKey: `form:${once}` } : {}
}

/** It was sent before and done, and says something else now. */
export const isSentBefore = (error: unknown): boolean =>
  isRefusal(error) && error.code === 'idempotency_key_reused'

/**
 * A form of somebody signed in. `work` says where to go next. What is refused leads back to the form, which still has
 * what was typed and says what is wrong; the draft goes through the browser sealed.
 */
export const serveOwnForm = (
  request: Request,
  name: string,
  leadsBack: string | ((form: Form) => string),
  work: (form: Form, call: Call) => Promise<string>,
): Promise<Response> =>
  serveForm(request, async (form) => {
    const back = typeof leadsBack === 'string' ? leadsBack : leadsBack(form)
    try {
      const next = await work(form, { ...(await callOf(request.headers)), ...onceOf(form) })
      return seeOther(next, [{ name: `draft-${name}`, value: '', seconds: 0 }])
    } catch (error) {
      if (isRefusal(error) && error.kind === 'unauthenticated') return seeOther(signInFirst(back))
      const value = sealed(name, draftFrom(form, error))
      const to = new URL(back, 'http://x')
      to.searchParams.set('again', name)
      return seeOther(to.pathname + to.search + to.hash, [
        { name: `draft-${name}`, value, seconds: draftSeconds },
      ])
    }
  })

export const signInFirst = (next: string): string => `/sign-in?${new URLSearchParams({ next })}`

function draftFrom(form: Form, error: unknown): Draft {
  const typed = typedIn(form)
  if (error instanceof Wrong) return { typed, wrong: error.fields, code: 'malformed' }
  if (!isRefusal(error) || !refusals.includes(error.kind)) throw error
  return { typed, wrong: wrongIn(error), code: error.code }
}

const notTyped = new Set(['hold', 'token', 'once', 'draft', 'terms'])

const typedIn = (form: Form): Record<string, string> =>
  Object.fromEntries([...form.entries()].filter(([name]) => !notTyped.has(name)))

function wrongIn({ data }: Refusal): Record<string, string> {
  const named = Object.entries((data.errors as Record<string, string> | undefined) ?? {})
  return Object.fromEntries(named.map(([field, why]) => [field.replace(/^(?:changes|client)\./, ''), why]))
}
