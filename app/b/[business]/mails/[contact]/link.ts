import { tenantOfSlug } from '@/server/business/business/queries'
import { refuse } from '@/server/core/errors'
import { callOf } from '@/server/request'

export type Link = { params: Promise<{ business: string; contact: string }> }

/** Whoever holds the link of a mail, and where its page is. */
export async function holderOf(headers: Headers, { params }: Link, token: string | null) {
  const { business: slug, contact: id } = await params
  const businessId = (/^[a-z0-9-]{1,63}$/.test(slug) && (await tenantOfSlug(slug))) || refuse('not_found')
  const path = `/b/${slug}/mails/${encodeURIComponent(id)}`
  const here = (more: Record<string, string>) =>
    `${path}?${new URLSearchParams({ ...more, token: token ?? '' })}`
  return { id, businessId, path, here, call: { ...(await callOf(headers)), bearer: token } }
}
