import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { outsideBusy, outsideCalendar } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock } from '@/server/scheduling/calendar/capabilities'
import { busyOf, toldToCalendar } from './capabilities'
import { outsideDisconnected } from './events'
import { outsideLife } from './model'
import { loadOutside } from './queries'

/** What it says no longer counts, and its address is forgotten. */
export const disconnectOutside = command({
  name: 'scheduling.outside.disconnect',
  input: z.strictObject({ businessId: id, outsideId: id }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { outsideId }) => [calendarLock((await loadOutside(tx, outsideId)).providerId)],
  run: async (tx, { outsideId }, { actor, tenantId, now, append }) => {
    const row = await loadOutside(tx, outsideId)
    const { providerId } = row
    await requireTended(tx, actor, tenantId, providerId)
    if (!outsideLife.can(row.status, 'disconnect')) refuse('conflict', 'wrong_state', { state: row.status })
    const freed = (await busyOf(tx, outsideId)).filter(({ until }) => until > now.getTime())
    await append([
      outsideDisconnected(outsideId, { outsideId, providerId }),
      ...toldToCalendar(providerId, { added: [], removed: freed }),
    ])
    await tx.delete(outsideBusy).where(eq(outsideBusy.outsideId, outsideId))
    const gone = { address: null, validators: null, failure: null, failingSince: null, failures: 0 }
    await tx
      .update(outsideCalendar)
      .set({ status: 'disconnected', ...gone })
      .where(eq(outsideCalendar.id, outsideId))
    return { outsideId }
  },
})
