import { z } from 'zod'
import type { Tx } from '@/db/client'
import { requireTended } from '@/server/business/provider/capabilities'
import { id, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { versionOf } from './capabilities'
import { changedRules, changeSchema, type RulesChange } from './model-change'
import {
  aroundImpact,
  brokenBooking,
  compareTimes,
  leftElsewhere,
  leftOutside,
  lookedUntil,
  type RulesImpact,
} from './model-impact'
import { bookedAhead, calendarFacts, calendarOf, loadRules, offerOf, performed } from './queries'

/** What other hours would bring about: times gained and lost, service by service, and who would stand outside them. */
export const previewRules = query({
  name: 'scheduling.calendar.preview_rules',
  input: z.strictObject({ businessId: id, providerId: id, change: changeSchema }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { providerId, change }, { call, tenantId }): Promise<RulesImpact> => {
    await requireTended(tx, call.actor, tenantId, providerId)
    const now = Date.now()
    const rules = changedRules(await loadRules(tx, providerId), change)
    let until = now
    const parts = []
    for (const { serviceId, providerName, serviceName } of await performed(tx, { providerId })) {
      const facts = await calendarFacts(tx, providerId, serviceId, aroundImpact(now))
      if (!facts) continue
      const before = calendarOf(facts, now)
      until = Math.max(until, lookedUntil(before, offerOf(facts.service)))
      parts.push({ providerName, serviceName, ...compareTimes(before, { ...before, rules }) })
    }
    const seen = await brokenBy(tx, providerId, change, now)
    return { ...seen, parts, until: rfc3339(until), timeZone: rules.timeZone }
  },
})

/** Whose bookings a change would leave outside the hours. */
export async function brokenBy(tx: Tx, providerId: string, change: RulesChange, now: number) {
  const rules = await loadRules(tx, providerId)
  const booked = await bookedAhead(tx, providerId, now)
  const after = changedRules(rules, change)
  const broken = [
    ...leftOutside(booked, rules, after).map((b) => brokenBooking(b, 'outside_hours')),
    ...leftElsewhere(booked, rules, after).map((b) => brokenBooking(b, 'elsewhere')),
  ]
  return { broken, version: versionOf(change, broken) }
}
