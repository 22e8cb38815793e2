import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Call } from '@/server/core/command'
import { type Cookie, written } from '@/server/core/cookies'
import { keyFor, sealBytes, unsealBytes } from '@/server/core/crypto'
import { isRefusal, Refusal, refuse } from '@/server/core/errors'
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
    if (!request.headers.get('accept')?.includes('text/html') || !isRefusal(error)) return said
    return seeOther(`/errors/${error.code}`)
  }
}

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
const mostInACookie = 3800
const refusals = ['malformed', 'conflict', 'unprocessable', 'forbidden']

const sealed = (draft: Draft): string =>
  sealBytes(keyFor(context), deflateRawSync(JSON.stringify(draft)), context).toString('base64url')

/** What somebody typed into this form before, where its page was asked to show it once more. */
export function draftOf(headers: Headers, name: string, again: unknown): Draft | null {
  const kept = again === name ? cookieOf(headers, `draft-${name}`) : undefined
  if (!kept) return null
  try {
    const bytes = unsealBytes(keyFor(context), Buffer.from(kept, 'base64url'), context)
    return JSON.parse(inflateRawSync(bytes, { maxOutputLength: 100_000 }).toString()) as Draft
  } catch {
    return null
  }
}

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
      const draft = draftFrom(form, error)
      const value = sealed(draft)
      const small = value.length <= mostInACookie ? value : sealed({ ...draft, typed: {} })
      const to = new URL(back, 'http://x')
      to.searchParams.set('again', name)
      return seeOther(to.pathname + to.search + to.hash, [
        { name: `draft-${name}`, value: small, seconds: draftSeconds },
      ])
    }
  })

export const signInFirst = (next: string): string => `/sign-in?${new URLSearchParams({ next })}`

function draftFrom(form: Form, error: unknown): Draft {
  const typed = Object.fromEntries(form.entries())
  if (error instanceof Wrong) return { typed, wrong: error.fields, code: 'malformed' }
  if (!isRefusal(error) || !refusals.includes(error.kind)) throw error
  const named = Object.entries((error.data.errors as Record<string, string> | undefined) ?? {})
  const wrong = Object.fromEntries(named.map(([field, why]) => [field.replace(/^changes\./, ''), why]))
  return { typed, wrong, code: error.code }
}
