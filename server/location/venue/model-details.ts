import { z } from 'zod'
import { line, phone, prose } from '@/server/core/fields'
import { isZone } from '@/server/core/time'

const mostLines = 3
const code = /^[A-Z]{2}$/
const words = (max: number) =>
  prose(max)
    .transform((text) => text || null)
    .nullable()
    .default(null)

/** What is known of a venue. The position is typed, or taken from the phone of whoever stands there. */
export const venueFields = {
  name: line(120),
  lines: z.array(line(120)).max(mostLines).default([]),
  postalCode: line(16, 0).default(''),
  city: line(80, 0).default(''),
  country: z.union([z.literal(''), z.string().regex(code, 'is not an ISO 3166 country code')]).default(''),
  timeZone: z.string().max(64).refine(isZone, 'is not a time zone'),
  phone: phone.nullable().default(null),
  /** How to get in: told to who is expected there. */
  access: words(1000),
  /** For the business's own people. */
  note: words(2000),
  latitude: z.number().min(-90).max(90).nullable().default(null),
  longitude: z.number().min(-180).max(180).nullable().default(null),
  /** How near is there, for whoever checks in. */
  fenceMetres: z.int().min(10).max(50_000).nullable().default(null),
}
export type VenueDetails = z.output<z.ZodObject<typeof venueFields>>

type Position = Pick<VenueDetails, 'latitude' | 'longitude'>
const isWhole = ({ latitude, longitude }: Position) => (latitude === null) === (longitude === null)

/** A position is both or none. */
type Rule = [(position: Position) => boolean, { path: string[]; error: string }]
export const isSomewhere: Rule = [isWhole, { path: ['longitude'], error: 'goes with latitude' }]
