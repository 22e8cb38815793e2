import type { Data } from '@/server/core/events'
import { transitions } from '@/server/core/transitions'
import type { messageRequested } from './events'

export const messageChannels = ['inbox', 'email', 'sms', 'push'] as const
export const messageStatuses = ['queued', 'sent', 'failed'] as const
export type MessageStatus = (typeof messageStatuses)[number]

export const messageLife = transitions<MessageStatus, 'send' | 'fail'>({
  send: { from: ['queued'], to: 'sent' },
  fail: { from: ['queued'], to: 'failed' },
})

export type Message = Data<typeof messageRequested> & { status: MessageStatus }

export const evolveMessage = {
  'notification.message.requested.v1': (_: Message | null, d: Data<typeof messageRequested>): Message => ({
    ...d,
    status: 'queued',
  }),
  'notification.message.sent.v1': (s: Message): Message => ({ ...s, status: 'sent' }),
  'notification.message.failed.v1': (s: Message): Message => ({ ...s, status: 'failed' }),
}
