import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { outsideRefreshAsked } from './events'
import { outsideLife, restMs } from './model'
import { loadOutside } from './queries'

/** Not to wait until it is read again: whoever hears of this reads it at once. */
export const askRefresh = command({
  name: 'scheduling.outside.ask_refresh',
  input: z.strictObject({ businessId: id, outsideId: id }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { outsideId }, { actor, tenantId, now, append }) => {
    const row = await loadOutside(tx, outsideId)
    await requireTended(tx, actor, tenantId, row.providerId)
    if (!outsideLife.can(row.status, 'refresh')) refuse('conflict', 'wrong_state', { state: row.status })
    if (row.checkedAt && now.getTime() - row.checkedAt.getTime() < restMs) refuse('conflict', 'just_read')
    await append([outsideRefreshAsked(outsideId, { outsideId, providerId: row.providerId })])
    return { outsideId }
  },
})
