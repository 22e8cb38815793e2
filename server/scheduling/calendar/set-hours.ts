import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { calendar } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { type Context, command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { today } from '@/server/core/time'
import { requirePlaces, venueLocks } from '@/server/location/venue/capabilities'
import type { Where } from '@/server/location/venue/model-place'
import { calendarLock, requireSeen } from './capabilities'
import { hoursSet } from './events'
import { placesNamed, type Rules, rulesFrom, rulesSchema } from './model'
import { changedRules, changeFields, type RulesChange } from './model-change'
import { seenSchema } from './model-impact'
import { brokenBy } from './preview-rules'
import { loadRules } from './queries'

/** When a provider works. What is booked outside the new hours stays booked. */
export const setHours = command({
  name: 'scheduling.calendar.set_hours',
  input: z.strictObject({ businessId: id, providerId: id, seen: seenSchema, ...changeFields.all }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId, rules }) => [calendarLock(providerId), ...venueLocks(...placesNamed(rules))],
  run: (tx, { providerId, seen, rules }, context) =>
    changeHours(tx, { providerId, seen }, { rules }, context),
})

export async function changeHours(
  tx: Tx,
  { providerId, seen }: { providerId: string; seen?: string },
  change: RulesChange,
  context: Context,
) {
  await changeHoursOf(tx, { providerIds: [providerId], seen }, change, context)
  return { providerId }
}

/** Of several, all or none. `seen` is of all whom it touches. */
export async function changeHoursOf(
  tx: Tx,
  { providerIds, seen }: { providerIds: readonly string[]; seen?: string },
  change: RulesChange,
  { append, actor, tenantId, now }: Context,
) {
  await requireTended(tx, actor, tenantId, ...providerIds)
  const changed: { providerId: string; rules: Rules }[] = []
  for (const providerId of providerIds)
    changed.push({ providerId, rules: await changedFrom(tx, await loadRules(tx, providerId), change, now) })
  if (seen !== undefined) requireSeen(seen, await brokenBy(tx, providerIds, change, now.getTime()))
  await append(changed.map(({ providerId, rules }) => hoursSet(providerId, { providerId, rules })))
  for (const { providerId, rules } of changed)
    await tx.update(calendar).set({ rules }).where(eq(calendar.providerId, providerId))
}

/** The rules as they should be from what they are now: under the lock, so that two changes never undo each other. */
async function changedFrom(tx: Tx, before: Rules, change: RulesChange, now: Date): Promise<Rules> {
  const rules = changedRules(before, change)
  if (!rulesSchema.safeParse(rules).success)
    refuse('malformed', 'malformed', { errors: { date: 'has too many days' } })
  // A venue that only days gone by name may be archived: they keep it, and no other day gets it.
  const date = today(before.timeZone, now.getTime())
  await requirePlaces(tx, [
    ...newPlaces(before, rules),
    ...newPlaces(rulesFrom(before, date), rulesFrom(rules, date)),
  ])
  return rules
}

function newPlaces(before: Rules, after: Rules): Where[] {
  const known = new Set(placesNamed(before))
  return placesNamed(after).filter((place) => !known.has(place))
}
