import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { provider } from '@/db/schema'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { hub } from '@/server/core/live/hub'
import { anyone } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { availabilityChanged } from './events'
import { tenantOfProvider } from './queries'

type Watched = { tenantId: string; public: boolean }

/** Whether a provider's calendar is anybody's to follow, or only its business's. */
const watchedCalendar = query({
  name: 'scheduling.calendar.watch',
  input: z.strictObject({ providerId: id }),
  may: anyone,
  tenant: ({ providerId }) => tenantOfProvider(providerId),
  run: async (tx, { providerId }, { tenantId }): Promise<Watched | null> => {
    const [row] = await tx
      .select({ published: provider.published, status: provider.status })
      .from(provider)
      .where(eq(provider.id, providerId))
    return row ? { tenantId, public: row.published && row.status === 'active' } : null
  },
})

const mostKnown = 10_000
const known = new Map<string, { stamp: number; watched: Watched }>()

/** Remembered while nothing of that calendar changed: after a restart, all its readers come back at once. */
export async function watchCalendar(providerId: string): Promise<Watched | null> {
  const stamp = hub().stamp(`calendar:${providerId}`)
  const kept = known.get(providerId)
  if (kept && kept.stamp === stamp && Date.now() - hub().freshAsOf() < 1000) return kept.watched
  const watched = await find(providerId)
  if (known.size >= mostKnown) known.clear()
  if (watched) known.set(providerId, { stamp, watched })
  return watched
}

async function find(providerId: string): Promise<Watched | null> {
  try {
    return await watchedCalendar.execute({ providerId }, newCall(anonymous))
  } catch (error) {
    if (isRefusal(error) && error.kind === 'not_found') return null
    throw error
  }
}

const shown = ['date', 'startTime', 'endTime', 'newStatus', 'slotId', 'seatsLeft'] as const

/** What visitors are told of a change: the time and what became of it, never who or why. */
export const availabilityFields = (type: string, data: Readonly<Record<string, unknown>>) =>
  type === availabilityChanged.type ? Object.fromEntries(shown.map((name) => [name, data[name]])) : null
