import { z } from 'zod'
import type { Data } from '@/server/core/events'
import { currency, line } from '@/server/core/fields'
import { isZone } from '@/server/core/time'
import type { businessCreated, businessLogoChanged, businessUpdated } from './events'

export type Business = Omit<Data<typeof businessCreated>, 'businessId' | 'subdomain'> & {
  slug: string
  logo: string | null
}

export const evolveBusiness = {
  'business.business.created.v1': (
    _: Business | null,
    { businessId: _b, subdomain, ...d }: Data<typeof businessCreated>,
  ): Business => ({ ...d, slug: subdomain, logo: null }),
  'business.business.updated.v1': (s: Business, d: Data<typeof businessUpdated>): Business => ({
    ...s,
    ...d.changes,
  }),
  'business.business.logo_changed.v1': (
    s: Business,
    { logo }: Data<typeof businessLogoChanged>,
  ): Business => ({ ...s, logo }),
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
  'start',
  'static',
  'status',
  'support',
  'work',
  'www',
] as const

export const slugPattern = /^[a-z0-9]([a-z0-9-]{1,38}[a-z0-9])$/

export const slugField = z
  .string()
  .max(40)
  .regex(slugPattern, 'needs 3 to 40 lower-case letters, digits or hyphens')
  .refine((s) => !(reservedSlugs as readonly string[]).includes(s), 'is reserved')

/** What a business says of itself, and may change. */
export const profileFields = {
  name: line(120),
  timeZone: z.string().max(64).refine(isZone, 'is not an IANA time zone'),
  currency,
  language: z.enum(['en', 'de']),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'is not a colour like #0b6272')
    .nullable(),
}

/** A digest of the picture: another picture, another address. */
export const logoVersion = z.string().regex(/^[\w-]{22}$/)

/** Where a business's logo is, for pages of any host and for mails. */
export const logoPath = ({ slug, logo }: { slug: string; logo: string | null }): string | null =>
  logo && `/b/${slug}/logo/${logo}`
