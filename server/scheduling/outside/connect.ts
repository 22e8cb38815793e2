import { z } from 'zod'
import { outsideCalendar } from '@/db/schema'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { config } from '@/server/core/config'
import { refuse } from '@/server/core/errors'
import { id, line } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { calendarLock } from '@/server/scheduling/calendar/capabilities'
import { loadRules } from '@/server/scheduling/calendar/queries'
import { outsideConnected } from './events'
import { addressFrom, longestAddress, mostPerProvider, readBySweepAfterMs, wrongAddress } from './model'
import { addressOf, connectedTo, sealedAddress } from './queries'

/** What a calendar elsewhere says is busy counts from now on. It is read at once, by whoever hears of this. */
export const connectOutside = command({
  name: 'scheduling.outside.connect',
  input: z.strictObject({
    businessId: id,
    providerId: id,
    url: z.string().max(longestAddress),
    /** For those who work there. */
    label: line(80, 0).default(''),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: async (tx, { providerId, url, label: typed }, { actor, tenantId, now, append }) => {
    await requireTended(tx, actor, tenantId, providerId)
    await loadRules(tx, providerId)
    const address = addressFrom(url)
    if (!address) refuse('malformed', 'malformed', { errors: { url: wrongAddress } })
    const { NODE_ENV, PRIVATE_ADDRESSES } = config()
    if (address.startsWith('http:') && NODE_ENV === 'production' && !PRIVATE_ADDRESSES)
      refuse('malformed', 'malformed', { errors: { url: 'must begin with https://' } })
    const others = await connectedTo(tx, [providerId])
    if (others.some((other) => addressOf(other) === address)) refuse('conflict', 'already_connected')
    if (others.length >= mostPerProvider) refuse('conflict', 'too_many_calendars', { most: mostPerProvider })
    const outsideId = newId()
    const label = typed || null
    await append([
      outsideConnected(outsideId, { outsideId, providerId, businessId: tenantId, label, address }),
    ])
    await tx.insert(outsideCalendar).values({
      tenantId,
      id: outsideId,
      providerId,
      label,
      address: sealedAddress(outsideId, address),
      status: 'connected',
      dueAt: new Date(now.getTime() + readBySweepAfterMs),
      createdAt: now,
    })
    return { outsideId }
  },
})
