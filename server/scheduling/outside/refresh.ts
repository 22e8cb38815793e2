import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { outsideBusy, outsideCalendar } from '@/db/schema'
import { command } from '@/server/core/command'
import type { NewEvent } from '@/server/core/events'
import { id, rfc3339 } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { calendarLock } from '@/server/scheduling/calendar/capabilities'
import { busyOf, toldToCalendar } from './capabilities'
import { outsideFailed, outsideRecovered, outsideRefreshed } from './events'
import { apart, difference, dueAfter, outsideLife, type Span, type Stretch } from './model'
import { loadOutside, type OutsideRow, ownAmong } from './queries'

const span = z.strictObject({ from: z.number(), until: z.number(), booking: id.optional() })
const validators = z.strictObject({
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  until: z.number(),
  zone: z.string(),
})

/** What came of asking: the same as before, times, or why there was no answer. */
const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('same') }),
  z.strictObject({ kind: z.literal('failed'), failure: z.string().max(40) }),
  z.strictObject({ kind: z.literal('read'), busy: z.array(span), leftOut: z.int(), validators }),
])
export type Outcome = z.input<typeof outcomeSchema>

/** Takes over what a calendar elsewhere said. What is booked already stays; while it cannot be read, its last word counts. */
export const refreshOutside = command({
  name: 'scheduling.outside.refresh',
  input: z.strictObject({ businessId: id, outsideId: id, outcome: outcomeSchema }),
  may: systemOnly,
  locks: async (tx, { outsideId }) => [calendarLock((await loadOutside(tx, outsideId)).providerId)],
  run: async (tx, { outsideId, outcome }, { now, append }) => {
    const row = await loadOutside(tx, outsideId)
    if (!outsideLife.can(row.status, 'refresh')) return { failure: null, changed: false }
    if (outcome.kind === 'failed') return fail(tx, row, outcome.failure, now, append)
    if (outcome.kind === 'same') return succeed(tx, row, {}, now, append)
    const own = await ownAmong(tx, [...new Set(outcome.busy.flatMap((each) => each.booking ?? []))])
    const busy = apart(outcome.busy.filter(({ booking }) => !booking || !own.has(booking)))
    if (!busy) return fail(tx, row, 'too_many', now, append)
    const { leftOut, validators } = outcome
    const change = difference(await busyOf(tx, outsideId), busy, now.getTime())
    return succeed(tx, row, { leftOut, validators }, now, append, change)
  },
})

type Append = (events: readonly NewEvent[]) => Promise<unknown>

async function fail(tx: Tx, row: OutsideRow, failure: string, now: Date, append: Append) {
  const { id: outsideId, providerId } = row
  const failingSince = row.failingSince ?? now
  const failures = row.failures + 1
  if (row.failure !== failure) {
    const since = { failingSince: failingSince.toISOString(), first: row.failure === null }
    await append([outsideFailed(outsideId, { outsideId, providerId, failure, ...since })])
  }
  await tx
    .update(outsideCalendar)
    .set({ checkedAt: now, failure, failingSince, failures, dueAt: dueAfter(now, failures) })
    .where(eq(outsideCalendar.id, outsideId))
  return { failure, changed: false }
}

async function succeed(
  tx: Tx,
  row: OutsideRow,
  learnt: Partial<Pick<OutsideRow, 'leftOut' | 'validators'>>,
  now: Date,
  append: Append,
  change: ReturnType<typeof difference> = null,
) {
  const { id: outsideId, providerId } = row
  const who = { outsideId, providerId }
  await append([
    ...(row.failure === null ? [] : [outsideRecovered(outsideId, who)]),
    ...(change ? changed(who, change, now.getTime()) : []),
  ])
  if (change) await write(tx, row, change)
  const well = { failure: null, failingSince: null, failures: 0, dueAt: dueAfter(now, 0) }
  await tx
    .update(outsideCalendar)
    .set({ checkedAt: now, currentAt: now, ...well, ...learnt })
    .where(eq(outsideCalendar.id, outsideId))
  return { failure: null, changed: change !== null }
}

type Change = NonNullable<ReturnType<typeof difference>>

const changed = (
  who: { outsideId: string; providerId: string },
  { added, removed }: Change,
  now: number,
): NewEvent[] => {
  const ahead = (spans: readonly Span[]) => spans.filter(({ until }) => until > now)
  return [
    outsideRefreshed(who.outsideId, { ...who, added: added.map(told), removed: removed.map(told) }),
    ...toldToCalendar(who.providerId, { added: ahead(added), removed: ahead(removed) }),
  ]
}

const told = ({ from, until }: Span): [...Stretch] => [rfc3339(from), rfc3339(until)]

const atOnce = 1000

async function write(
  tx: Tx,
  { tenantId, id: outsideId, providerId }: OutsideRow,
  { added, removed }: Change,
) {
  for (let n = 0; n < removed.length; n += atOnce) {
    const starts = removed.slice(n, n + atOnce).map(({ from }) => new Date(from))
    await tx
      .delete(outsideBusy)
      .where(and(eq(outsideBusy.outsideId, outsideId), inArray(outsideBusy.startsAt, starts)))
  }
  for (let n = 0; n < added.length; n += atOnce)
    await tx.insert(outsideBusy).values(
      added.slice(n, n + atOnce).map(({ from, until }) => {
        return { tenantId, outsideId, providerId, startsAt: new Date(from), endsAt: new Date(until) }
      }),
    )
}
