import { z } from 'zod'
import { defineEvent } from '@/server/core/events'
import { languages } from '../template/model'
import { messageChannels } from './model'

const canRead = { roles: ['owner', 'admin'], subject: true } as const
type About = { tenantId: string; data: { recipientId: string | null; channel: string } }
const topics = ({ tenantId }: { tenantId: string }) => [`business:${tenantId}`]
/** What is in somebody's own inbox they hear of at once. */
const ofReader = {
  topics: ({ tenantId, data: { recipientId, channel } }: About) => [
    `business:${tenantId}`,
    ...(channel === 'inbox' && recipientId ? [`user:${recipientId}`] : []),
  ],
  subject: (d: { recipientId: string | null }) => d.recipientId ?? '',
}

const said = {
  notificationId: z.guid(),
  recipientId: z.guid().nullable(),
  channel: z.enum(messageChannels),
  template: z.string(),
  aboutType: z.string(),
  aboutId: z.guid(),
  /** Whose doing it tells of: they need not hear of it. Null where it is nobody's with an account. */
  byId: z.guid().nullable().default(null),
  /** Of the words; null where they are made when it is read. */
  language: z.enum(languages).nullable().default(null),
}

export const messageRequested = defineEvent('notification.message.requested.v1', {
  birth: true,
  schema: z.strictObject(said),
  retention: 'y1',
  ...ofReader,
  canRead,
})

export const messageSent = defineEvent('notification.message.sent.v1', {
  schema: z.strictObject({
    notificationId: z.guid(),
    recipientId: z.guid().nullable(),
    type: z.string(),
    channel: z.enum(messageChannels),
    status: z.literal('sent'),
  }),
  retention: 'y1',
  topics,
  canRead,
})

export const messageFailed = defineEvent('notification.message.failed.v1', {
  schema: z.strictObject({ notificationId: z.guid(), channel: z.enum(messageChannels), error: z.string() }),
  retention: 'y1',
  topics,
  canRead,
})

const which = {
  notificationId: z.guid(),
  recipientId: z.guid().nullable(),
  channel: z.enum(messageChannels),
}

/** Somebody of the business asked for another try, after it was given up. */
export const messageRetried = defineEvent('notification.message.retried.v1', {
  schema: z.strictObject(which),
  retention: 'y1',
  topics,
  canRead,
})

/** It was not sent, because its reader does not want to hear of such things this way. */
export const messageSkipped = defineEvent('notification.message.skipped.v1', {
  schema: z.strictObject({ ...which, reason: z.literal('not_wanted') }),
  retention: 'y1',
  topics,
  canRead,
})
