import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { provider } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { requireTended } from './capabilities'
import { providerRoomSet } from './events'
import { roomLink } from './model-room'

/** Where whoever books them online meets them. What is booked already keeps the link it was told. */
export const setRoom = command({
  name: 'business.provider.set_room',
  input: z.strictObject({ businessId: id, providerId: id, link: roomLink.nullable() }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [`room:${providerId}`],
  run: async (tx, { businessId, providerId, link }, { actor, tenantId, append }) => {
    const own = and(eq(provider.tenantId, tenantId), eq(provider.id, providerId))
    const [row] = await tx.select({ link: provider.roomLink }).from(provider).where(own)
    if (!row) return refuse('not_found')
    await requireTended(tx, actor, tenantId, providerId)
    if (row.link === link) return { providerId }
    await append([providerRoomSet(providerId, { providerId, businessId, link })])
    await tx.update(provider).set({ roomLink: link }).where(own)
    return { providerId }
  },
})
