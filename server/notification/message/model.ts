import { z } from 'zod'
import type { Data } from '@/server/core/events'
import { email, line } from '@/server/core/fields'
import { transitions } from '@/server/core/transitions'
import type { messageFailed, messageRequested } from './events'

export const messageChannels = ['inbox', 'email', 'sms', 'push'] as const
export type MessageChannel = (typeof messageChannels)[number]
export const messageStatuses = ['queued', 'sent', 'failed', 'not_wanted'] as const
export type MessageStatus = (typeof messageStatuses)[number]

/** What was given up may still be sent, once what stood in the way is mended and somebody tries again. */
export const messageLife = transitions<MessageStatus, 'send' | 'fail' | 'retry' | 'skip'>({
  send: { from: ['queued', 'failed'], to: 'sent' },
  fail: { from: ['queued'], to: 'failed' },
  retry: { from: ['failed'], to: 'queued' },
  skip: { from: ['queued'], to: 'not_wanted' },
})

export type Message = Data<typeof messageRequested> & { status: MessageStatus; error: string | null }

export const evolveMessage = {
  'notification.message.requested.v1': (_: Message | null, d: Data<typeof messageRequested>): Message => ({
    ...d,
    byId: d.byId ?? null,
    language: d.language ?? null,
    status: 'queued',
    error: null,
  }),
  'notification.message.sent.v1': (s: Message): Message => ({ ...s, status: 'sent', error: null }),
  'notification.message.failed.v1': (s: Message, d: Data<typeof messageFailed>): Message => ({
    ...s,
    status: 'failed',
    error: d.error,
  }),
  'notification.message.retried.v1': (s: Message): Message => ({ ...s, status: 'queued', error: null }),
  'notification.message.skipped.v1': (s: Message): Message => ({ ...s, status: 'not_wanted' }),
}

/** What a letter about an account says that nobody could look up later. Kept sealed, and only until it was sent. */
export const accountContent = z.strictObject({
  to: z.strictObject({ name: line(120, 0), address: email }),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  /** How long the link works; null where it does not run out. */
  minutes: z.int().positive().nullable().default(null),
  invitation: z
    .strictObject({ by: line(120), role: z.string() })
    .nullable()
    .default(null),
  /** In whose name, where it is not ours. */
  brand: z
    .strictObject({ name: line(120), accent: z.string().nullable() })
    .nullable()
    .default(null),
})
export type AccountContent = z.output<typeof accountContent>

/** A short message as it would have gone out. */
export const keptTextContent = z.strictObject({ to: z.string(), from: z.string(), text: z.string() })
export type KeptText = z.output<typeof keptTextContent>

const mailbox = z.strictObject({ name: z.string(), address: z.string() })

/** A mail as it would have gone out. */
export const keptMailContent = z.strictObject({
  messageId: z.string(),
  from: mailbox,
  to: mailbox,
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  calendar: z.strictObject({ method: z.enum(['REQUEST', 'CANCEL']), file: z.string() }).nullable(),
  unsubscribe: z.string().nullable().default(null),
})
export type KeptMail = z.output<typeof keptMailContent>
