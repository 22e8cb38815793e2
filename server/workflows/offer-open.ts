import { offerWaitlist } from '@/server/booking/waitlist/offer'
import { waitedForUntil } from '@/server/booking/waitlist/queries'
import type { Call } from '@/server/core/command'
import { DAY } from '@/server/core/time'

type Stretch = { from: number; until: number }

/** How far ahead a calendar is looked through: more than a year cannot be waited for. */
const ahead = 400 * DAY

/**
 * What is open goes to those who wait for it, one offer after the other, until nobody wants what is left. Without a
 * stretch, as far ahead as anybody waits.
 */
export async function offerOpen(
  { tenantId, providerId, stretch }: { tenantId: string; providerId: string; stretch?: Stretch },
  call: Call,
): Promise<number> {
  const waited = await waitedForUntil(tenantId, providerId)
  if (!waited) return 0
  const now = Date.now()
  const { from, until } = stretch ?? { from: now, until: Math.min(waited.getTime(), now + ahead) }
  const window = { from: new Date(from).toISOString(), until: new Date(until).toISOString() }
  let offers = 0
  while ((await offerWaitlist.execute({ providerId, ...window }, call)).offered) offers++
  return offers
}
