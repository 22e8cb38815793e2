import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { appointment, business, contact, ownFeed, provider, service } from '@/db/schema'
import { isExpected } from '@/server/booking/appointment/model'
import { familyOf } from '@/server/business/contact/queries'
import { config } from '@/server/core/config'
import { resourceToken } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { id, rfc3339 } from '@/server/core/fields'
import { bearerOf, signedIn } from '@/server/core/policy'
import { insideEach, personOf, query } from '@/server/core/query'
import { joinOf, locationOf, toldOf } from '@/server/location/venue/model-told'
import { destinationsOf } from '@/server/location/venue/queries'
import { tenantOfProvider } from '@/server/scheduling/calendar/queries'
import { languageOf } from '../template/model'
import { wordsIn } from '../template/model-words'
import { type FeedEntry, feedDays, feedFile, goneDays } from './model'

const shown = ['confirmed', 'completed', 'no_show'] as const
const gone = ['cancelled', 'declined', 'expired'] as const
/** How many a feed tells of at most: what is ahead comes first, then what was, the nearest of both before the rest. */
const most = 2000

/** The bookings a feed tells of, with how often each was changed and when. */
async function bookingsOf(tx: Tx, tenantId: string, whose: SQL) {
  const days = (n: number) => sql`make_interval(days => ${n})`
  const rows = await tx
    .select({ row: appointment, service: service.name, provider: provider.name, client: contact.name })
    .from(appointment)
    .innerJoin(service, eq(service.id, appointment.serviceId))
    .innerJoin(provider, eq(provider.id, appointment.providerId))
    .leftJoin(contact, eq(contact.id, appointment.contactId))
    .where(
      and(
        whose,
        sql`${appointment.startsAt} < now() + ${days(feedDays.ahead)}`,
        sql`(${inArray(appointment.status, [...shown])} and ${appointment.startsAt} > now() - ${days(feedDays.back)}
          or ${inArray(appointment.status, [...gone])} and ${appointment.startsAt} > now() - ${days(goneDays)})`,
      ),
    )
    .orderBy(
      sql`${appointment.endsAt} <= now()`,
      sql`abs(extract(epoch from ${appointment.startsAt} - now()))`,
      asc(appointment.id),
    )
    .limit(most)
  rows.sort((a, b) => a.row.startsAt.getTime() - b.row.startsAt.getTime() || a.row.id.localeCompare(b.row.id))
  const told = await tx.execute<{ id: string; version: number; at: string }>(sql`
    select aggregate_id as id, max(version)::int as version, max(recorded_at)::text as at from event_log
    where tenant_id = ${tenantId} and aggregate_type = 'booking.appointment'
      and aggregate_id = any(${sql.param(rows.map(({ row }) => row.id))}::uuid[])
    group by 1`)
  const venues = await destinationsOf(
    tx,
    rows.map(({ row }) => row.place),
  )
  const last = new Map([...told].map((one) => [one.id, one]))
  return rows.map(({ row, ...names }) => ({
    ...names,
    id: row.id,
    sequence: last.get(row.id)?.version ?? 0,
    at: rfc3339(Date.parse(last.get(row.id)?.at ?? row.createdAt.toISOString())),
    startTime: rfc3339(row.startsAt),
    endTime: rfc3339(row.endsAt),
    gone: gone.some((status) => status === row.status),
    seats: row.seats,
    told: toldOf({ ...row, isExpected: isExpected(row.status) }, venues),
  }))
}

const houseOf = async (tx: Tx) => {
  const [house] = await tx
    .select({ name: business.name, slug: business.slug, language: business.language })
    .from(business)
  return house ?? refuse('not_found')
}

/** A provider's appointments, under the address they opened. Another address, or none: there is nothing here. */
export const providerFeed = query({
  name: 'notification.feed.provider',
  input: z.strictObject({ providerId: id, feedId: id }),
  may: bearerOf('provider_feed'),
  tenant: ({ providerId }) => tenantOfProvider(providerId),
  resource: ({ feedId }) => feedId,
  run: async (tx, { providerId, feedId }, { tenantId }) => {
    const [row] = await tx
      .select({ name: provider.name })
      .from(provider)
      .where(and(eq(provider.id, providerId), eq(provider.feedId, feedId)))
    if (!row) return refuse('not_found')
    const house = await houseOf(tx)
    const bookings = await bookingsOf(tx, tenantId, eq(appointment.providerId, providerId))
    const { online, join: word } = wordsIn[languageOf(house.language)]
    const entries = bookings.map(({ told, ...b }): FeedEntry => {
      const join = joinOf(told)
      const what = b.seats > 1 ? `${b.service} × ${b.seats}` : b.service
      return {
        ...b,
        summary: [b.service, b.client].filter(Boolean).join(' – '),
        description: join ? `${what}\n${word}: ${join}` : what,
        place: locationOf(told, online) ?? house.name,
        url: `${config().PUBLIC_URL}/b/${house.slug}/admin/calendar?open=${b.id}&date=${b.startTime.slice(0, 10)}`,
      }
    })
    return { file: feedFile(`${row.name} – ${house.name}`, entries) }
  },
})

/** A client's bookings with one business, in its own words. */
async function clientEntries(tx: Tx, tenantId: string, whose: SQL): Promise<FeedEntry[]> {
  const house = await houseOf(tx)
  const { manage, online, join: word } = wordsIn[languageOf(house.language)]
  return (await bookingsOf(tx, tenantId, whose)).map(({ told, ...b }) => {
    const join = joinOf(told)
    const url = `${config().PUBLIC_URL}/bookings/${b.id}?token=${resourceToken('appointment', b.id)}`
    return {
      ...b,
      summary: `${b.service} – ${house.name}`,
      description: [b.provider, ...(join ? [`${word}: ${join}`] : []), `${manage}: ${url}`].join('\n'),
      place: locationOf(told, online) ?? house.name,
      url: join ?? url,
    }
  })
}

/** Somebody's own appointments with one business. A booking's link does not lead here: anybody can book in their name. */
export const clientFeed = query({
  name: 'notification.feed.client',
  input: z.strictObject({ businessId: id, contactId: id }),
  may: bearerOf('client_feed'),
  resource: ({ contactId }) => contactId,
  run: async (tx, { contactId }, { tenantId }) => {
    const family = await familyOf(tx, contactId)
    if (family.length === 0 || family[0]?.erasedAt) return refuse('not_found')
    const house = await houseOf(tx)
    const ids = family.map((row) => row.id)
    const entries = await clientEntries(tx, tenantId, inArray(appointment.contactId, ids))
    return { file: feedFile(house.name, entries) }
  },
})

export const providerFeedUrl = (providerId: string, feedId: string): string =>
  `${config().PUBLIC_URL}/calendars/provider/${providerId}/${feedId}/${resourceToken('provider_feed', feedId)}.ics`

export async function ownFeedId(tx: Tx, userId: string): Promise<string | null> {
  const [row] = await tx.select({ feedId: ownFeed.feedId }).from(ownFeed).where(eq(ownFeed.id, userId))
  return row?.feedId ?? null
}

/** The address of whoever asks, while it is open. */
export const showOwnFeed = query({
  name: 'notification.feed.show_own',
  input: z.strictObject({}),
  may: signedIn,
  run: async (tx, _input, { call }) => {
    const feedId = await ownFeedId(tx, personOf(call))
    const token = feedId && resourceToken('own_feed', feedId)
    return { url: feedId && `${config().PUBLIC_URL}/calendars/own/${feedId}/${token}.ics` }
  },
})

/** All that somebody booked, wherever that was, for whoever holds the address: read as that person reads it. */
export const personFeed = query({
  name: 'notification.feed.person',
  input: z.strictObject({ feedId: id }),
  may: bearerOf('own_feed'),
  resource: ({ feedId }) => feedId,
  run: async (tx, { feedId }) => {
    const [row] = await tx.select({ userId: ownFeed.id }).from(ownFeed).where(eq(ownFeed.feedId, feedId))
    if (!row) return refuse('not_found')
    await tx.execute(sql`select set_config('app.user', ${row.userId}, true)`)
    const mine = await tx
      .select({ tenantId: contact.tenantId, id: contact.id })
      .from(contact)
      .where(eq(contact.userId, row.userId))
    const byTenant = Map.groupBy(mine, (one) => one.tenantId)
    const entries = await insideEach(tx, byTenant.keys(), (tenantId) =>
      clientEntries(
        tx,
        tenantId,
        inArray(
          appointment.contactId,
          (byTenant.get(tenantId) ?? []).map((one) => one.id),
        ),
      ),
    )
    const all = [...entries.values()].flat()
    return {
      file: feedFile(
        'SlotWise',
        all.sort((a, b) => a.startTime.localeCompare(b.startTime)),
      ),
    }
  },
})
