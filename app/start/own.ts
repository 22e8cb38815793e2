import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { type OwnBusiness, showOwnBusiness, tenantOfSlug } from '@/server/business/business/queries'
import { listedProvider, listProviders } from '@/server/business/provider/list'
import { listServices } from '@/server/business/service/queries'
import type { Call } from '@/server/core/command'
import { isRefusal, refuse } from '@/server/core/errors'
import { signInFirst } from '@/server/forms'
import { callOf, type Language, languageOf, localeOf } from '@/server/request'

export type Visit = {
  call: Call
  language: Language
  locale: string
  headers: Headers
}

/** Whoever looks, in their language. Found out once for all parts of a page. */
export const visit = cache(async (): Promise<Visit> => {
  const asked = await headers()
  const language = languageOf(asked)
  return { call: await callOf(asked), language, locale: localeOf(asked, language), headers: asked }
})

/** One's own business by its address. Strangers learn nothing; whoever is signed out may sign in first. */
export async function ownBusiness(slug: string, call: Call, here: string): Promise<OwnBusiness> {
  if (call.actor.kind === 'anonymous') redirect(signInFirst(here))
  try {
    return await load(slug, call)
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}

/** The same for a form, which is answered instead of shown. */
export const load = cache(async (slug: string, call: Call): Promise<OwnBusiness> => {
  const businessId = /^[a-z0-9-]{1,63}$/.test(slug) ? await tenantOfSlug(slug) : null
  if (call.actor.kind === 'anonymous') refuse('unauthenticated')
  return showOwnBusiness.execute({ businessId: businessId ?? refuse('not_found') }, call)
})

const byAge = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

/** What a new business begins with, once it is there: its first service, and the provider it was made with. */
export async function beginning(businessId: string, call: Call) {
  const [{ services }, { providers }] = await Promise.all([
    listServices.execute({ businessId }, call),
    listProviders.execute({ businessId, limit: 100 }, call),
  ])
  const [service] = services.toSorted(byAge)
  const [first] = providers.toSorted(byAge)
  if (!service || !first) return null
  return { service, provider: await listedProvider.execute({ businessId, providerId: first.id }, call) }
}
