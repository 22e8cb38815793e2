import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

const canRead = { roles: ['owner', 'admin', 'provider'] } as const
const topics = ({ tenantId }: { tenantId: string }) => [`business:${tenantId}`]
const who = { outsideId: z.guid(), providerId: z.guid() }
const stretches = z.array(z.tuple([z.iso.datetime(), z.iso.datetime()])).max(10_000)
const common = { retention: 'y3', topics, canRead } as const

/** A calendar elsewhere counts as busy from now on. Whoever has its address reads it. */
export const outsideConnected = defineEvent('scheduling.outside.connected.v1', {
  birth: true,
  schema: z.strictObject({
    ...who,
    businessId: z.guid(),
    label: z.string().nullable(),
    address: z.string(),
  }),
  private: ['label', 'address'],
  subject: (d) => d.providerId,
  ...common,
})

/** Somebody does not want to wait until it is read again. */
export const outsideRefreshAsked = defineEvent('scheduling.outside.refresh_asked.v1', {
  schema: z.strictObject(who),
  ...common,
})

/** It says otherwise than before: what became busy and what no longer is. What is over goes with the next change. */
export const outsideRefreshed = defineEvent('scheduling.outside.refreshed.v1', {
  schema: z.strictObject({ ...who, added: stretches, removed: stretches }),
  ...common,
})

/** It cannot be read any more, or for another reason than before. What it said last still counts. */
export const outsideFailed = defineEvent('scheduling.outside.failed.v1', {
  schema: z.strictObject({
    ...who,
    failure: z.string(),
    failingSince: z.iso.datetime(),
    /** Not for another reason than before. */
    first: z.boolean(),
  }),
  ...common,
})

export const outsideRecovered = defineEvent('scheduling.outside.recovered.v1', {
  schema: z.strictObject(who),
  ...common,
})

export const outsideDisconnected = defineEvent('scheduling.outside.disconnected.v1', {
  schema: z.strictObject(who),
  ...common,
})
