import { and, eq, gte, inArray, ne, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { appointment, contact, occupancy, series, service, slot } from '@/db/schema'
import { sha256 } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { rfc3339 } from '@/server/core/fields'
import { addDays, DAY, MINUTE, type PlainDate, startOfDay, today } from '@/server/core/time'
import { clearExpired, type Plan } from '../calendar/capabilities'
import { type CalendarTime, calendarTime } from '../calendar/queries'
import { type SlotSeen, type SlotTerms, seeSlots } from '../slot/arrange'
import { type Booked, bookedIn } from '../slot/queries'
import { seriesUpdated } from './events'
import { daysAhead } from './model'
import type { NamedClash } from './model-impact'
import { type Clash, clashesOf, type Matching, matchSlots, periodOf, type Wanted } from './model-plan'
import { occurrencesOf, ruleBefore } from './model-recurrence'
import { ever, type Wish } from './model-wish'
import { loadSeries, recurrenceOf, type SeriesRow } from './queries'

/** What a series says of itself whenever it changes. */
export const saidOf = (row: SeriesRow) => ({
  seriesId: row.id,
  providerId: row.providerId,
  rrule: row.rrule,
  startDate: row.startDate,
  time: row.time,
  timeZone: row.timeZone,
  exDates: row.exDates,
  durationMinutes: row.durationMinutes,
  maxBookings: row.capacity,
  place: row.place,
  writtenThrough: row.writtenThrough,
})

/** One of its days is no longer the series' own: its slot is gone, or stands on its own. */
export async function leaveOut(tx: Tx, seriesId: string, date: PlainDate): Promise<Plan> {
  const row = await loadSeries(tx, seriesId)
  if (row.exDates.includes(date)) return { events: [], write: [] }
  const exDates = [...row.exDates, date].sort()
  return {
    events: [seriesUpdated(seriesId, saidOf({ ...row, exDates }))],
    write: [(t) => t.update(series).set({ exDates }).where(eq(series.id, seriesId))],
  }
}

type Service = typeof service.$inferSelect
type Seen = SlotSeen & { date: PlainDate }
export type SeriesPlan = {
  facts: CalendarTime
  /** Holds that ran out, cleared away. */
  stale: Plan
  /** The last day that was looked at. */
  through: PlainDate
  matching: Matching<Seen>
  /** What was changed on its own and stays as it is. */
  apart: Seen[]
  clashes: Map<PlainDate, Clash[]>
  /** Who has booked what is changed or lost. */
  booked: Booked[]
  /** Of the very plan: another one has another. */
  version: string
}

/** All that a wish would bring about, as things stand. `was` is the series that is to be otherwise, if there is one. */
export async function planSeries(
  tx: Tx,
  about: { providerId: string; timeZone: string; service: Service; was: SeriesRow | null },
  wish: Wish,
  now: Date,
): Promise<SeriesPlan> {
  const at = now.getTime()
  const day = today(about.timeZone, at)
  const horizon = addDays(day, daysAhead(about.service.windowDays))
  const through = laterOf(horizon, about.was?.writtenThrough ?? horizon)
  const { own: following, apart: alone } = await aheadOf(tx, about.was, wish.from, now)
  // What ends, ends with all that came of it; a change passes by what goes its own way.
  const [standing, apart] = wish.recurrence ? [following, alone] : [[...following, ...alone], []]
  const days = new Set(standing.map(({ date }) => date))
  const found = wish.recurrence ? occurrencesOf(wish.recurrence, wish.begins, through) : []
  const wanted = found
    .map(({ date, startsAt }): Wanted => {
      const { capacity, place } = wish
      return { date, startsAt, endsAt: startsAt + wish.durationMinutes * MINUTE, capacity, place }
    })
    .filter(({ date, startsAt }) => startsAt > at || days.has(date))
  const window = {
    from: startOfDay(about.timeZone, laterOf(day, wish.begins)) - 3 * DAY,
    to: startOfDay(about.timeZone, through) + 3 * DAY,
  }
  const facts = (await calendarTime(tx, about.providerId, window)) ?? refuse('not_found')
  const stale = clearExpired(facts, window, now)
  const matching = matchSlots(standing, wanted, periodOf(wish.recurrence?.rrule))
  const own = new Set(standing.map(({ id }) => id))
  const others = facts.busy.filter((o) => !own.has(o.refId))
  const clashes = clashesOf(matching, others, about.service, at)
  const touched = [...matching.changed.map(({ was }) => was.id), ...matching.lost.map(({ id }) => id)]
  const booked = await bookedIn(tx, touched)
  const plan = { facts, stale, through, matching, apart, clashes, booked }
  return { ...plan, version: versionOf(plan) }
}

function laterOf(a: PlainDate, b: PlainDate): PlainDate {
  if (a < b) return b
  return a
}

/** Slots of a series that are still to come: those that follow it, and those that were changed on their own. */
async function aheadOf(
  tx: Tx,
  row: SeriesRow | null,
  from: PlainDate,
  now: Date,
): Promise<{ own: Seen[]; apart: Seen[] }> {
  if (!row) return { own: [], apart: [] }
  const rows = await tx
    .select()
    .from(slot)
    .where(
      and(
        eq(slot.seriesId, row.id),
        ne(slot.status, 'deleted'),
        gte(slot.occursOn, from),
        sql`${slot.startsAt} > ${now.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(slot.startsAt)
  const seen = await seeSlots(tx, rows)
  const all = seen.flatMap((s) => (s.occursOn ? [{ ...s, date: s.occursOn }] : []))
  const out = new Set(row.exDates)
  return { own: all.filter((s) => !out.has(s.date)), apart: all.filter((s) => out.has(s.date)) }
}

const versionOf = ({ matching, clashes, booked }: Omit<SeriesPlan, 'version'>): string =>
  sha256(
    JSON.stringify([
      matching.created,
      matching.changed.map(({ was, to }) => [was.id, was.startsAt, to]),
      matching.same.map(({ id }) => id),
      matching.lost.map(({ id }) => id),
      [...clashes].map(([date, all]) => [date, all.map(({ kind, startsAt }) => [kind, startsAt])]),
      booked.map(({ bookingId, seats }) => [bookingId, seats]),
    ]),
  ).slice(0, 22)

/** Refuses where something stands in the way, and says on which days what. */
export function refuseSeriesClashes({ clashes }: Pick<SeriesPlan, 'clashes'>): void {
  if (clashes.size === 0) return
  const conflicts = [...clashes].flatMap(([date, all]) =>
    all.map((c) => ({ date, kind: c.kind, startTime: rfc3339(c.startsAt), endTime: rfc3339(c.endsAt) })),
  )
  refuse('conflict', 'slot_conflict', { conflicts })
}

/** A wanted slot as one of a series. */
export const termsFor = (seriesId: string, { date, ...to }: Wanted): SlotTerms => ({
  ...to,
  open: true,
  seriesId,
  occursOn: date,
})

/** The series without what comes from a day on. */
export function endBefore(row: SeriesRow, date: PlainDate): Plan {
  const rrule = ruleBefore(recurrenceOf(row), date)
  const exDates = row.exDates.filter((out) => out < date)
  return {
    events: [seriesUpdated(row.id, saidOf({ ...row, rrule, exDates }))],
    write: [(t) => t.update(series).set({ rrule, exDates, nextOn: null }).where(eq(series.id, row.id))],
  }
}

/** Is anything of the series still to come before a day? */
export async function hasSlotsBefore(tx: Tx, row: SeriesRow, date: PlainDate, now: Date): Promise<boolean> {
  const { own, apart } = await aheadOf(tx, row, ever, now)
  return [...own, ...apart].some((slot) => slot.date < date)
}

/** With the words that people know them by: who is booked, which class stands there. */
export async function nameClashes(
  tx: Tx,
  clashes: SeriesPlan['clashes'],
): Promise<Map<PlainDate, NamedClash[]>> {
  const ids = [...clashes.values()].flat().flatMap(({ refId }) => refId ?? [])
  const names = new Map<string, string | null>()
  if (ids.length > 0) {
    const wanted = [...new Set(ids)]
    const people = await tx
      .select({ id: appointment.id, name: contact.name })
      .from(appointment)
      .innerJoin(
        contact,
        and(eq(contact.tenantId, appointment.tenantId), eq(contact.id, appointment.contactId)),
      )
      .where(inArray(appointment.id, wanted))
    const slots = await tx
      .select({ id: slot.id, name: service.name })
      .from(slot)
      .innerJoin(service, and(eq(service.tenantId, slot.tenantId), eq(service.id, slot.serviceId)))
      .where(inArray(slot.id, wanted))
    const blocks = await tx
      .select({ id: occupancy.id, name: occupancy.label })
      .from(occupancy)
      .where(and(inArray(occupancy.id, wanted), eq(occupancy.kind, 'block')))
    for (const { id, name } of [...people, ...slots, ...blocks]) names.set(id, name)
  }
  const named = (c: Clash): NamedClash => ({
    kind: c.kind,
    name: (c.refId && names.get(c.refId)) ?? null,
    startTime: rfc3339(c.startsAt),
    endTime: rfc3339(c.endsAt),
  })
  return new Map([...clashes].map(([date, all]) => [date, all.map(named)]))
}
