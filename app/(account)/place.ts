import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { userWords } from '@/components/user/words'
import { keptTyped } from '@/server/auth/user/keep-typed'
import { ownPath } from '@/server/auth/user/model-link'
import { profileOf } from '@/server/auth/user/queries'
import { signedIn } from '@/server/auth/user/session'
import { id, instant } from '@/server/core/fields'
import { isZone } from '@/server/core/time'
import { cookieOf, languageOf, localeOf } from '@/server/request'
import { typedCookie } from './form'

export type Params = Promise<Record<string, string | string[] | undefined>>

/** What every page here begins with: whose language, where to go on, what was typed before. */
export async function placeOf(params: Params, form: string) {
  const [asked, query, jar] = [await headers(), await params, await cookies()]
  const language = languageOf(asked)
  const one = (name: string) => (typeof query[name] === 'string' ? query[name] : null)
  const words = userWords[language]
  const of = (name: string) => {
    const typed = keptTyped(jar.get(typedCookie)?.value, name)
    return {
      value: (field: string) => typed?.values[field],
      wrong: (field: string, as = field) => (typed?.wrong.includes(field) ? words.wrong[as] : undefined),
      refused: typed && (typed.code ? (words.refused[typed.code] ?? words.refusedOther) : words.check),
    }
  }
  return {
    headers: asked,
    language,
    locale: localeOf(asked, language),
    words,
    one,
    next: ownPath(one('next')),
    zone: zoneOf(asked),
    /** What came of a form of the page that was sent. */
    of,
    ...of(form),
  }
}

/** Where a page of a longer list begins, as its address says; nothing where that is no place in a list. */
export function keyIn(one: (name: string) => string | null, name: string) {
  const [time, found] = [instant.safeParse(one(name)), id.safeParse(one('id'))]
  return time.success && found.success ? { time: time.data, id: found.data } : undefined
}

/** Whoever is signed in, or the way there and back. */
export async function mustBeSignedIn(asked: Headers, path: string) {
  const who = await signedIn(asked)
  const person = who && (await profileOf(who.actor.userId))
  if (!who || !person) redirect(`/sign-in?${new URLSearchParams({ next: path })}`)
  return { who, person }
}

const zoneOf = (asked: Headers): string | undefined => {
  const zone = cookieOf(asked, 'zone')
  return zone && isZone(zone) ? zone : undefined
}
