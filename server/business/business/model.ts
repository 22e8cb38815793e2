import type { Data } from '@/server/core/events'
import type { businessCreated, businessUpdated } from './events'

export type Business = Omit<Data<typeof businessCreated>, 'businessId' | 'subdomain'> & { slug: string }

export const evolveBusiness = {
  'business.business.created.v1': (
    _: Business | null,
    { businessId: _b, subdomain, ...d }: Data<typeof businessCreated>,
  ): Business => ({ ...d, slug: subdomain }),
  'business.business.updated.v1': (s: Business, d: Data<typeof businessUpdated>): Business => ({
    ...s,
    ...d.changes,
  }),
}

/** Names that would read as a part of the product itself. */
export const reservedSlugs = [
  'admin',
  'api',
  'app',
  'auth',
  'b',
  'blog',
  'book',
  'design',
  'docs',
  'errors',
  'field',
  'help',
  'kits',
  'login',
  'mail',
  'mailbox',
  'me',
  'ops',
  'search',
  'sign-in',
  'sign-up',
  'signin',
  'signup',
  'slotwise',
  'static',
  'status',
  'support',
  'work',
  'www',
] as const

export const slugPattern = /^[a-z0-9]([a-z0-9-]{1,38}[a-z0-9])$/
