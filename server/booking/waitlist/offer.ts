import { and, arrayContains, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { waitlist } from '@/db/schema'
import { command } from '@/server/core/command'
import { id, rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { systemOnly } from '@/server/core/policy'
import { DAY } from '@/server/core/time'
import {
  calendarLock,
  carryOut,
  clearExpired,
  factsAround,
  merge,
  takePlace,
  windowOf,
} from '@/server/scheduling/calendar/capabilities'
import { calendarFacts, calendarOf, isOffered, tenantOfProvider } from '@/server/scheduling/calendar/queries'
import { newHold } from '@/server/scheduling/hold/capabilities'
import { asRead, loadEntry, whoOf } from './capabilities'
import { waitlistOffered } from './events'
import { firstWished, offerEnd, openTimes, waitlistLife } from './model'
import { givenBackJustNow, isWaiting } from './queries'

/** How many of those who wait are read at a time. */
const atOnce = 200

/**
 * Keeps a time that came free for whoever has waited longest for one like it. One offer a call: what is left is offered
 * by the next. Under the calendar's lock, so no place is offered twice.
 */
export const offerWaitlist = command({
  name: 'booking.waitlist.offer',
  input: z.strictObject({ providerId: id, from: z.iso.datetime(), until: z.iso.datetime() }),
  may: systemOnly,
  tenant: ({ providerId }) => tenantOfProvider(providerId),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: async (tx, { providerId, from, until }, { tenantId, now, append }) => {
    const window = { from: Math.max(Date.parse(from), now.getTime()), until: Date.parse(until) }
    const found =
      window.from < window.until ? await nextInLine(tx, { tenantId, providerId, window, now }) : null
    if (!found) return { offered: null }
    const { row, startsAt } = found
    const facts = await factsAround(tx, providerId, row.serviceId, startsAt)
    const holdId = newId()
    const expiresAt = new Date(offerEnd(startsAt, facts.service.noticeMinutes, now.getTime()))
    const stale = clearExpired(facts, windowOf(facts, startsAt), now)
    const { place, plan } = await takePlace(tx, facts, {
      startsAt,
      seats: row.seats,
      status: 'held',
      kind: 'hold',
      refId: holdId,
      bookingId: null,
      expiresAt,
      now,
    })
    const held = newHold(facts, place, {
      holdId,
      seats: row.seats,
      holder: `waitlist:${row.id}`,
      network: null,
      expiresAt,
    })
    const times = { startTime: rfc3339(place.startsAt), endTime: rfc3339(place.endsAt) }
    const offer = { holdId, providerId, startTime: times.startTime, expiresAt: rfc3339(expiresAt) }
    const said = {
      events: [waitlistOffered(row.id, { ...whoOf(row), ...offer, endTime: times.endTime })],
      write: [(t: Tx) => t.update(waitlist).set({ status: 'offered', offer }).where(eq(waitlist.id, row.id))],
    }
    const all = merge(stale, held.said, plan, said, held.kept)
    await append(all.events, asRead(row))
    await carryOut(tx, all)
    return { offered: row.id as string | null }
  },
})

type Asked = { tenantId: string; providerId: string; window: { from: number; until: number }; now: Date }

async function nextInLine(tx: Tx, { window, ...about }: Asked) {
  const { providerId, now } = about
  const justNow = await givenBackJustNow(tx, providerId, now)
  const open = new Map<string, ReturnType<typeof openTimes>>()
  const openFor = async (serviceId: string) => {
    const known = open.get(serviceId)
    if (known) return known
    const wide = { from: window.from - DAY, to: window.until + DAY }
    const facts = await calendarFacts(tx, providerId, serviceId, wide)
    const isOpen = facts?.provider.published && isOffered(facts)
    const times = isOpen
      ? openTimes(calendarOf(facts, now.getTime()), window).filter(
          ({ startsAt, endsAt }) => !justNow.some((t) => startsAt < t.until && t.from < endsAt),
        )
      : []
    open.set(serviceId, times)
    return times
  }
  for await (const { id: entryId, serviceId, wish, seats } of inLine(tx, about)) {
    const startsAt = firstWished(await openFor(serviceId), { wish, seats })
    if (startsAt === null) continue
    const row = await loadEntry(tx, entryId)
    if (waitlistLife.can(row.status, 'offer')) return { row, startsAt }
  }
  return null
}

/** Those who wait for this provider, first come first. */
async function* inLine(tx: Tx, { tenantId, providerId, now }: Omit<Asked, 'window'>) {
  let after: SQL | undefined
  for (;;) {
    const rows = await tx
      .select()
      .from(waitlist)
      .where(
        and(
          isWaiting(tenantId),
          gt(waitlist.overAt, now),
          arrayContains(waitlist.providerIds, [providerId]),
          after,
        ),
      )
      .orderBy(asc(waitlist.joinedAt), asc(waitlist.id))
      .limit(atOnce)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < atOnce) return
    after = sql`(${waitlist.joinedAt}, ${waitlist.id}) > (${last.joinedAt.toISOString()}::timestamptz, ${last.id}::uuid)`
  }
}
