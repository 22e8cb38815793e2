import { and, arrayContains, asc, eq } from 'drizzle-orm'
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
import { firstWished, offerEnd, waitlistLife } from './model'

/** How many are asked about before the rest is left to the next change. */
const asked = 200

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
  run: async (tx, { providerId, from, until }, { now, append }) => {
    const window = { from: Math.max(Date.parse(from), now.getTime()), until: Date.parse(until) }
    const found = window.from < window.until ? await nextInLine(tx, providerId, window, now) : null
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

async function nextInLine(tx: Tx, providerId: string, window: { from: number; until: number }, now: Date) {
  const rows = await tx
    .select()
    .from(waitlist)
    .where(and(eq(waitlist.status, 'waiting'), arrayContains(waitlist.providerIds, [providerId])))
    .orderBy(asc(waitlist.joinedAt), asc(waitlist.id))
    .limit(asked)
  const calendars = new Map<string, Awaited<ReturnType<typeof calendarFacts>>>()
  for (const row of rows) {
    if (!calendars.has(row.serviceId))
      calendars.set(
        row.serviceId,
        await calendarFacts(tx, providerId, row.serviceId, {
          from: window.from - DAY,
          to: window.until + DAY,
        }),
      )
    const facts = calendars.get(row.serviceId)
    if (!facts?.provider.published || !isOffered(facts)) continue
    const { wish, seats } = row
    const startsAt = firstWished(calendarOf(facts, now.getTime()), { wish, providerId, seats }, window)
    if (startsAt === null) continue
    const current = await loadEntry(tx, row.id)
    if (waitlistLife.can(current.status, 'offer')) return { row: current, startsAt }
  }
  return null
}
