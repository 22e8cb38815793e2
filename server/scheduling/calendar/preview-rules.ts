import { and, eq, ne } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { provider } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { id, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { versionOf } from './capabilities'
import { changedRules, changeSchema, type RulesChange } from './model-change'
import {
  aroundImpact,
  type BrokenBooking,
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
  input: z.strictObject({
    businessId: id,
    providerId: id,
    /** Also for everybody else: whom it would touch there counts too. */
    everybody: z.boolean().default(false),
    change: changeSchema,
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { providerId, everybody, change }, { call, tenantId }): Promise<RulesImpact> => {
    const all = everybody ? await everybodyOf(tx, providerId) : [providerId]
    await requireTended(tx, call.actor, tenantId, ...all)
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
    const seen = await brokenBy(tx, all, change, now)
    return { ...seen, parts, until: rfc3339(until), timeZone: rules.timeZone }
  },
})

/** Whose bookings a change would leave outside the hours. */
export async function brokenBy(tx: Tx, providerIds: readonly string[], change: RulesChange, now: number) {
  const broken: BrokenBooking[] = []
  for (const providerId of providerIds) {
    const rules = await loadRules(tx, providerId)
    const booked = await bookedAhead(tx, providerId, now)
    const after = changedRules(rules, change)
    broken.push(
      ...leftOutside(booked, rules, after).map((b) => brokenBooking(b, 'outside_hours')),
      ...leftElsewhere(booked, rules, after).map((b) => brokenBooking(b, 'elsewhere')),
    )
  }
  return { broken, version: versionOf(change, broken) }
}

/** A provider, and everybody else who works there. */
export async function everybodyOf(tx: Tx, providerId: string): Promise<string[]> {
  const others = await tx
    .select({ id: provider.id })
    .from(provider)
    .where(and(eq(provider.status, 'active'), ne(provider.id, providerId)))
    .orderBy(provider.id)
  return [providerId, ...others.map(({ id }) => id)]
}
