import { keepTyped } from '@/server/auth/user/keep-typed'
import { askIdentity } from '@/server/auth/user/serve'
import { isRefusal, type Refusal } from '@/server/core/errors'
import { type Form, seeOther, serveForm } from '@/server/forms'
import { addressOf, correlationOf } from '@/server/request'

type Steps = {
  /** The name under which its page finds what was typed. */
  name: string
  /** What is asked of identity, and with what. */
  path: string
  input: (form: Form, request: Request) => Record<string, unknown>
  /** The fields that a page shows again: never a password. */
  kept?: readonly string[]
  /** Where it was typed. */
  back: (form: Form) => string
  on: (answer: unknown, form: Form) => string
  /** The page after it says where the mail went. */
  tells?: readonly string[]
}

const secondsKept = 300
export const typedCookie = 'typed'

/** A form of the pages about one's account: on, with what identity set, or back, with what was typed. */
export const identityForm =
  (steps: Steps) =>
  (request: Request): Promise<Response> =>
    serveForm(request, async (form) => {
      const facts = { address: addressOf(request.headers), correlationId: correlationOf(request.headers) }
      const given = Object.fromEntries(
        Object.entries(steps.input(form, request)).filter(([, value]) => value !== undefined),
      )
      try {
        const { answer, headers } = await askIdentity(steps.path, given, request.headers, facts)
        const values = valuesOf(form, steps.tells ?? [])
        const next = seeOther(steps.on(answer, form), [
          kept({ form: 'sent', values, wrong: [], code: null }, steps.tells ? secondsKept : 0),
        ])
        for (const cookie of headers?.getSetCookie() ?? []) next.headers.append('set-cookie', cookie)
        return next
      } catch (error) {
        if (!isRefusal(error)) throw error
        if (error.kind === 'unauthenticated' && error.code === 'unauthenticated')
          return seeOther(`/sign-in?${new URLSearchParams({ next: steps.back(form) })}`)
        return again(steps.back(form), steps.name, valuesOf(form, steps.kept ?? []), error)
      }
    })

/** On, with nothing typed left over. */
export const onward = (to: string): Response => seeOther(to, [{ name: typedCookie, value: '', seconds: 0 }])

/** Back to the page, which says what to look at. */
export function again(
  back: string,
  form: string,
  values: Record<string, string>,
  { code, data }: Refusal,
): Response {
  const wrong = Object.keys((data.errors as Record<string, string> | undefined) ?? {})
  return seeOther(back, [
    kept({ form, values, wrong, code: code === 'malformed' ? null : code }, secondsKept),
  ])
}

const kept = (typed: Parameters<typeof keepTyped>[0], seconds: number) => ({
  name: typedCookie,
  value: seconds ? keepTyped(typed) : '',
  seconds,
})

const valuesOf = (form: Form, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, (form.get(name) ?? '').slice(0, 300)]))

/** Of a form's field that was left empty, nothing. */
export const given = (form: Form, name: string): string | undefined => form.get(name) || undefined

export const withNext = (path: string, form: Form, extra: Record<string, string> = {}): string => {
  const next = form.get('next')
  const query = new URLSearchParams({ ...extra, ...(next ? { next } : {}) })
  return query.size > 0 ? `${path}?${query}` : path
}
