import { notFound, redirect } from 'next/navigation'
import { ownBusiness, type Visit, visit } from '@/app/start/own'
import { type AdminWords, adminWords } from '@/components/business/admin-words'
import { impactWords } from '@/components/calendar/impact-words'
import type { OwnBusiness } from '@/server/business/business/queries'
import { rolesIn } from '@/server/core/actor'
import { isRefusal } from '@/server/core/errors'
import { toLocal } from '@/server/core/time'
import { type Draft, draftOf, signInFirst } from '@/server/forms'

export type Desk = Visit & {
  business: OwnBusiness
  businessId: string
  words: AdminWords
  /** Where this business's admin begins. */
  root: string
  /** May change what the business offers. */
  manages: boolean
}

/** Who sits at the desk of which business. Others are sent away before anything is read. */
export async function deskOf(slug: string, here = '', root = `/b/${slug}/admin`): Promise<Desk> {
  const who = await visit()
  const business = await ownBusiness(slug, who.call, root + here)
  const roles = rolesIn(who.call.actor, business.businessId)
  return {
    ...who,
    business,
    businessId: business.businessId,
    words: adminWords[who.language],
    root,
    manages: roles.some((role) => role === 'owner' || role === 'admin'),
  }
}

/** Where a booking is opened: on its day, by the clock that its page goes by. */
export const bookingAt = ({ root }: Desk, zone: string, bookingId: string, startTime: string): string =>
  `${root}/calendar?open=${bookingId}&date=${toLocal(zone, Date.parse(startTime)).date}`

/** What a page asks for; what is not there, or not theirs, is not found. */
export async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (error.kind === 'unauthenticated') redirect(signInFirst('/start'))
    return notFound()
  }
}

export type Search = Promise<Record<string, string | string[] | undefined>>

export async function searchOf(search: Search): Promise<Record<string, string | undefined>> {
  const given = Object.entries(await search).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(given) as Record<string, string>
}

/** The form as it was sent before it was refused, with words for what is wrong. */
export function draftFor(desk: Desk, name: string, again: string | undefined): Draft | null {
  const draft = draftOf(desk.headers, name, again)
  if (!draft) return null
  const { errors } = desk.words
  const wrong = Object.entries(draft.wrong).map(([field, why]) => [
    field,
    errors[field.startsWith('day-') ? 'day' : field] ?? why,
  ])
  return { ...draft, wrong: Object.fromEntries(wrong) }
}

/** Why a form was refused, where no field says it. */
export function refusalOf({ words, language }: Desk, { code, wrong }: Draft): string {
  if (Object.keys(wrong).length > 0) return words.check
  if (code === 'forbidden') return words.forbidden
  if (code === 'breaks_bookings') return impactWords[language].confirm
  return ['wrong_state', 'in_the_past', 'already_begun', 'not_found'].includes(code)
    ? words.notNow
    : words.refused
}
