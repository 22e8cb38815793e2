import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { appDb } from '@/db/client'
import { parse } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { hub } from '@/server/core/live/hub'
import { Newest } from '@/server/core/newest'
import { addDays, canonicalZone, DAY, FOREVER, isDate, isZone, startOfDay, today } from '@/server/core/time'
import { availability } from './model'
import { type CalendarFacts, calendarFacts, calendarOf, isOffered } from './queries'

export const availabilityInput = z.strictObject({
  providerId: id,
  serviceId: id.optional(),
  startDate: z
    .string()
    .refine(
      (s) => isDate(s) && s >= '2000-01-01' && s < '2200-01-01',
      'is not a day (YYYY-MM-DD) from 2000 to 2199',
    )
    .optional(),
  days: z
    .string()
    .regex(/^([1-9]|[1-5]\d|6[0-2])$/, 'is a whole number from 1 to 62')
    .transform(Number)
    .default(7),
  timeZone: z.string().max(64).refine(isZone, 'is not an IANA time zone').transform(canonicalZone).optional(),
  includeBooked: z.enum(['true', 'false']).default('false'),
})

export type Shown = { body: Uint8Array<ArrayBuffer>; etag: string; validUntil: number }
type Stamps = [topic: string, n: number][]
type Kept = Shown & { stamps: Stamps }
type UnderWay = { since: number; stamps: Stamps; answer: Promise<Kept> }

/**
 * The answer to one question about a provider's times, kept while nobody acted on that calendar and no clock changed it.
 * Whether somebody acted is known from memory while the hub's reading is fresh; else the question is asked anew. When many
 * ask the same at once, as they do when they hear of a booking, one answer is worked out for all.
 */
export async function showAvailability(question: Record<string, string>): Promise<Shown> {
  const key = JSON.stringify(question)
  const now = Date.now()
  const kept = cache().get(key)
  if (kept && now < kept.validUntil && isAsOfNow(kept.stamps, now)) return kept
  const others = underWay().get(key)
  if (others && now - others.since < mostWaitedFor && isAsOfNow(others.stamps, now)) return others.answer
  const stamps: Stamps = []
  const own = { since: now, stamps, answer: answer(question, now, stamps) }
  underWay().set(key, own)
  try {
    const fresh = await own.answer
    cache().set(key, fresh)
    return fresh
  } finally {
    if (underWay().get(key) === own) underWay().delete(key)
  }
}

/** One whose connection was lost may never come. */
const mostWaitedFor = 1000

const isAsOfNow = (stamps: Stamps, now: number): boolean =>
  now - hub().freshAsOf() < 1000 && stamps.every(([topic, n]) => hub().stamp(topic) === n)

/** Notes how what it depends on stands before it looks at that. */
async function answer(question: Record<string, string>, now: number, stamps: Stamps): Promise<Kept> {
  const asked = parse(availabilityInput, question)
  const watch = (topic: string) => stamps.push([topic, hub().stamp(topic)])
  watch(`calendar:${asked.providerId}`)
  const serviceId = asked.serviceId ?? (await onlyService(asked.providerId))
  const facts = await load(asked.providerId, serviceId, asked.startDate, asked.days, now, watch)
  const timeZone = asked.timeZone ?? facts.rules.timeZone
  const startDate = asked.startDate ?? today(timeZone, now)
  const view = { startDate, days: asked.days, timeZone, includeBooked: asked.includeBooked === 'true' }
  const shown = availability({ ...calendarOf(facts, now), ...view })
  const midnight = asked.startDate ? FOREVER : startOfDay(timeZone, addDays(startDate, 1))
  const validUntil = Math.min(shown.validUntil, midnight)
  const { version } = facts
  const { venues: places } = facts
  const said = { providerId: asked.providerId, serviceId, timeZone, version, places, days: shown.days }
  const body = new TextEncoder().encode(JSON.stringify(said))
  // The version knows of the places that the rules name, not of those that a written slot alone names.
  const etag = `"${createHash('sha256')
    .update(`${version}|${JSON.stringify([asked, places])}|${startDate}|${validUntil}`)
    .digest('base64url')
    .slice(0, 22)}"`
  return { body, etag, validUntil, stamps }
}

/** A window wide enough for any zone and any service; the model cuts it to the view. */
async function load(
  providerId: string,
  serviceId: string,
  startDate: string | undefined,
  days: number,
  now: number,
  watch: (topic: string) => unknown,
): Promise<CalendarFacts> {
  const from = (startDate ? Date.parse(startDate) : now) - 3 * DAY
  const window = { from, to: from + (days + 6) * DAY }
  const tenant = tenants().get(providerId)
  if (tenant) watch(`catalogue:${tenant}`)
  const facts = await calendarFacts(appDb(), providerId, serviceId, window)
  if (!facts?.provider.published || !isOffered(facts)) refuse('not_found')
  if (!tenant) {
    tenants().set(providerId, facts.tenantId)
    return load(providerId, serviceId, startDate, days, now, watch)
  }
  return facts
}

async function onlyService(providerId: string): Promise<string> {
  const [row] = await appDb().execute<{ ids: string[] }>(sql`select offered_services(${providerId}) as ids`)
  const ids = row?.ids ?? []
  if (ids.length === 0) refuse('not_found')
  if (ids.length > 1)
    refuse('malformed', 'service_needed', {
      errors: { serviceId: 'is needed: the provider has several services' },
    })
  return ids[0] as string
}

/** A month of a busy provider is a hundred times what a quiet one's is: both are counted. */
const mostKept = { entries: 5000, bytes: 64 * 2 ** 20 }

type Shared = {
  __slotwise_availability?: Newest<Kept>
  __slotwise_availability_asked?: Map<string, UnderWay>
  __slotwise_tenants?: Map<string, string>
}

const cache = (): Newest<Kept> => {
  const holder = globalThis as Shared
  holder.__slotwise_availability ??= new Newest(mostKept, ({ body }) => body.byteLength)
  return holder.__slotwise_availability
}

const underWay = (): Map<string, UnderWay> => {
  const holder = globalThis as Shared
  holder.__slotwise_availability_asked ??= new Map()
  return holder.__slotwise_availability_asked
}

/** Which business a provider belongs to never changes. */
const tenants = (): Map<string, string> => {
  const holder = globalThis as Shared
  holder.__slotwise_tenants ??= new Map()
  return holder.__slotwise_tenants
}
