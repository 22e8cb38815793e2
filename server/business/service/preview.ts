import { z } from 'zod'
import type { Tx } from '@/db/client'
import { id, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { versionOf } from '@/server/scheduling/calendar/capabilities'
import type { Offer } from '@/server/scheduling/calendar/model'
import {
  aroundImpact,
  type BrokenBooking,
  brokenBooking,
  compareTimes,
  lookedUntil,
  type RulesImpact,
  tooClose,
} from '@/server/scheduling/calendar/model-impact'
import {
  bookedAhead,
  type CalendarFacts,
  calendarFacts,
  calendarOf,
  offerOf,
  performed,
} from '@/server/scheduling/calendar/queries'
import { offerFields } from './create'
import { serviceForChange } from './queries'

/** What of a service decides its times. */
const timesFields = {
  durationMinutes: offerFields.durationMinutes,
  stepMinutes: offerFields.stepMinutes,
  bufferBeforeMinutes: offerFields.bufferBeforeMinutes,
  bufferAfterMinutes: offerFields.bufferAfterMinutes,
  noticeMinutes: offerFields.noticeMinutes,
  windowDays: offerFields.windowDays,
  capacity: offerFields.capacity,
  given: offerFields.given,
}
const partSchema = z.strictObject(timesFields).partial()
/** Of all that may be changed in a service. */
export const timesOnly = (changes: object) => z.object(timesFields).partial().parse(changes)

/** What another offer would bring about: times gained and lost with each provider, and what would stand too close. */
export const previewService = query({
  name: 'business.service.preview',
  input: z.strictObject({ businessId: id, serviceId: id, offer: partSchema }),
  may: members('owner', 'admin'),
  run: async (tx, { serviceId, offer }) => {
    await serviceForChange(tx, serviceId)
    return impactOf(tx, serviceId, offer, Date.now())
  },
})

export async function impactOf(
  tx: Tx,
  serviceId: string,
  changes: Partial<Offer>,
  now: number,
): Promise<RulesImpact> {
  let until = now
  let timeZone = 'UTC'
  const parts = []
  const broken: BrokenBooking[] = []
  for (const { providerId, providerName, serviceName } of await performed(tx, { serviceId })) {
    const facts = await calendarFacts(tx, providerId, serviceId, aroundImpact(now))
    if (!facts) continue
    const before = calendarOf(facts, now)
    const after = { ...before, offer: { ...before.offer, ...changes } }
    until = Math.max(until, lookedUntil(before, before.offer, after.offer))
    timeZone = facts.rules.timeZone
    parts.push({ providerName, serviceName, ...compareTimes(before, after) })
    const booked = (await bookedAhead(tx, providerId, now)).filter((b) => b.serviceId === serviceId)
    const close = placesTooClose(facts, booked, after.offer)
    broken.push(...booked.filter((b) => close.has(b.placeId)).map((b) => brokenBooking(b, 'too_close')))
  }
  return { version: versionOf(changes, broken), parts, broken, until: rfc3339(until), timeZone }
}

type Booked = Awaited<ReturnType<typeof bookedAhead>>

/** Those that would have too little time around them, and have enough now. */
function placesTooClose(facts: CalendarFacts, booked: Booked, offer: Offer): Set<string> {
  const own = new Set(booked.map((b) => b.placeId))
  const here = facts.busy.filter((o) => o.kind !== 'outside')
  const busy = here.map((o) => ({ ...o, id: o.refId, status: 'booked' as const, expiresAt: undefined }))
  const now = tooClose(busy, own, offerOf(facts.service))
  return new Set([...tooClose(busy, own, offer)].filter((place) => !now.has(place)))
}
