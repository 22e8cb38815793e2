import { z } from 'zod'

// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const anyControl = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/
/** They turn the text around them, so that it reads as what it is not. */
const turning = /[\u202a-\u202e\u2066-\u2069]/
const loneSurrogate = /\p{Surrogate}/u
const visible = /[^\p{Cf}\p{Z}\p{M}]/u

/** Words of a person: trimmed, no control characters (they break mails, calendars and logs), bounded. */
const words = (max: number, forbidden: RegExp) =>
  z
    .string()
    .max(max)
    .refine((s) => !forbidden.test(s) && !turning.test(s), 'contains control characters')
    .refine((s) => !loneSurrogate.test(s), 'contains half a character')
    .transform((s) => s.trim().normalize('NFC'))

export const line = (max: number, min = 1) =>
  words(max, anyControl).refine(
    (s) => min === 0 || (s.length >= min && visible.test(s)),
    min === 1 ? 'must not be empty' : `needs at least ${min} characters`,
  )
export const prose = (max: number) => words(max, control)

/** A name as a list ordered it, to go on after it: as it is, for only so does it stand where it stood. */
export const nameKey = (max: number) =>
  z
    .string()
    .max(max)
    .refine((s) => !anyControl.test(s), 'contains control characters')

export const id = z.guid().transform((s) => s.toLowerCase())
export const email = z
  .email()
  .max(254)
  .transform((s) => s.toLowerCase())
export const phone = z
  .string()
  .regex(/^\+?[0-9 ()/.-]{5,30}$/, 'is not a phone number')
  .refine((s) => (s.match(/\d/g) ?? []).length >= 5, 'is not a phone number')
const currencies = new Set(Intl.supportedValuesOf('currency'))
export const currency = z
  .string()
  .length(3)
  .refine((s) => currencies.has(s), 'is not an ISO 4217 currency code')
export const minorUnits = z.int().min(0).max(100_000_000)
export const instant = z.iso
  .datetime({ offset: true })
  .refine((s) => Number.isFinite(Date.parse(s)), 'is not an instant')
  .refine((s) => s >= '1970' && s < '2200', 'is outside the years 1970 to 2199')
  .transform((s) => new Date(s).toISOString().replace('.000Z', 'Z'))
export const day = z.iso.date().refine((s) => s >= '1970' && s < '2200', 'is outside the years 1970 to 2199')

/** RFC 3339 in UTC, without milliseconds where there are none. */
export const rfc3339 = (at: Date | number): string => new Date(at).toISOString().replace('.000Z', 'Z')
