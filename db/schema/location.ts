import { sql } from 'drizzle-orm'
import { check, doublePrecision, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { venueStatuses } from '../../server/location/venue/model'
import { tenantId } from './columns'

/** Where people come to. How to get in is told to who is expected there, the note to nobody but the business. */
export const venue = pgTable(
  'venue',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    lines: text('lines').array().notNull(),
    postalCode: text('postal_code').notNull(),
    city: text('city').notNull(),
    country: text('country').notNull(),
    timeZone: text('time_zone').notNull(),
    phone: text('phone'),
    access: text('access'),
    note: text('note'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    fenceMetres: integer('fence_metres'),
    status: text('status', { enum: venueStatuses }).notNull(),
    /** Name and city as people type them when they search. */
    plainName: text('plain_name').notNull(),
    plainCity: text('plain_city').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('venue_by_name').on(t.tenantId, t.plainName, t.id),
    index('venue_by_city').on(sql`plain_city text_pattern_ops`),
    index('venue_by_plain_name').on(sql`plain_name text_pattern_ops`),
    index('venue_by_latitude').on(t.latitude),
    check(
      'venue_is_somewhere',
      sql`(${t.latitude} is null) = (${t.longitude} is null) and abs(${t.latitude}) <= 90 and abs(${t.longitude}) <= 180`,
    ),
  ],
)
