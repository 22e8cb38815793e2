import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { outsideBusy } from '@/db/schema'
import type { NewEvent } from '@/server/core/events'
import { rfc3339 } from '@/server/core/fields'
import { outsideChanged } from '@/server/scheduling/calendar/events'
import type { Span } from './model'

/** What one of them says is busy, in order. */
export async function busyOf(tx: Tx, outsideId: string): Promise<Span[]> {
  const rows = await tx
    .select({ startsAt: outsideBusy.startsAt, endsAt: outsideBusy.endsAt })
    .from(outsideBusy)
    .where(eq(outsideBusy.outsideId, outsideId))
    .orderBy(outsideBusy.startsAt)
  return rows.map(({ startsAt, endsAt }) => ({ from: startsAt.getTime(), until: endsAt.getTime() }))
}

/** Those who look at the provider's times hear that some are other than they were. */
export function toldToCalendar(
  providerId: string,
  { added, removed }: { added: readonly Span[]; removed: readonly Span[] },
): NewEvent[] {
  const all = [...added, ...removed]
  if (all.length === 0) return []
  const [from, until] = [Math.min(...all.map((s) => s.from)), Math.max(...all.map((s) => s.until))]
  const between = { startTime: rfc3339(from), endTime: rfc3339(until) }
  return [outsideChanged(providerId, { providerId, ...between, freed: removed.length > 0 })]
}
