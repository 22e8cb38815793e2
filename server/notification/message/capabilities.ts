import type { Tx } from '@/db/client'
import { message } from '@/db/schema'
import { sealBytes } from '@/server/core/crypto'
import type { NewEvent } from '@/server/core/events'
import { newId } from '@/server/core/id'
import { subjectKey } from '@/server/core/log'
import type { Language, MailTemplate } from '../template/model'
import { messageRequested, messageSent, messageSkipped } from './events'
import type { AccountContent, MessageChannel } from './model'

type Wanted = {
  tenantId: string
  /** A contact, a user, or an invitation: whose key seals what is said, so that forgetting them forgets it. */
  recipientId: string
  template: MailTemplate
  language: Language
  aboutType: string
  aboutId: string
  /** Of a letter about an account; a letter about a booking is written from what is known when it is sent. */
  content: AccountContent | null
  now: Date
}

type Requested = { notificationId: string; events: NewEvent[]; write: ((tx: Tx) => Promise<unknown>)[] }

/** A mail that goes out once this transaction has committed. Null where the person was erased. */
export async function planMail(tx: Tx, wanted: Wanted): Promise<Requested | null> {
  const { tenantId, recipientId, template, language, aboutType, aboutId, now } = wanted
  const notificationId = newId()
  const content = wanted.content && (await sealFor(tx, tenantId, recipientId, notificationId, wanted.content))
  if (wanted.content && !content) return null
  const said = { recipientId, channel: 'email' as const, aboutType, aboutId, language }
  const row = {
    tenantId,
    id: notificationId,
    kind: template,
    content,
    status: 'queued' as const,
    createdAt: now,
  }
  return {
    notificationId,
    events: [messageRequested(notificationId, { notificationId, template, byId: null, ...said })],
    write: [(t) => t.insert(message).values({ ...row, ...said })],
  }
}

type Told = Omit<Wanted, 'content'> & {
  channel: MessageChannel
  /** In an inbox it has arrived at once; what is not wanted is written down all the same. */
  status: 'queued' | 'sent' | 'not_wanted'
}

/** A message to a client, whose words are made when it goes out. */
export function planMessage({ tenantId, template, status, now, ...said }: Told): Requested {
  const notificationId = newId()
  const { recipientId, channel } = said
  const which = { notificationId, recipientId, channel }
  return {
    notificationId,
    events: [
      messageRequested(notificationId, { notificationId, template, byId: null, ...said }),
      ...(status === 'not_wanted' ? [messageSkipped(notificationId, { ...which, reason: status })] : []),
      ...(status === 'sent' ? [messageSent(notificationId, { ...which, type: template, status })] : []),
    ],
    write: [
      (t) =>
        t
          .insert(message)
          .values({ tenantId, id: notificationId, kind: template, status, createdAt: now, ...said }),
    ],
  }
}

type Notice = Pick<Wanted, 'tenantId' | 'aboutType' | 'aboutId' | 'now'> & {
  recipientId: string | null
  kind: string
  byId: string | null
}

/** A notice for people of the business, whose words are made when it is read. */
export function planNotice({ tenantId, kind, now, ...said }: Notice): Requested {
  const notificationId = newId()
  const to = { notificationId, recipientId: said.recipientId, channel: 'inbox' as const }
  const row = { tenantId, id: notificationId, kind, channel: to.channel, createdAt: now, ...said }
  return {
    notificationId,
    events: [
      messageRequested(notificationId, { ...said, ...to, template: kind, language: null }),
      messageSent(notificationId, { ...to, type: kind, status: 'sent' }),
    ],
    write: [(tx) => tx.insert(message).values({ ...row, status: 'sent' })],
  }
}

type Pushed = Pick<Wanted, 'tenantId' | 'recipientId' | 'aboutType' | 'aboutId' | 'now'> & {
  template: string
}

/** A notice for one of the business's people, in their browsers: its words are made when it goes out. */
export function planPush({ tenantId, template, now, ...said }: Pushed): Requested {
  const notificationId = newId()
  const all = { ...said, channel: 'push' as const, language: null, byId: null }
  const row = { ...all, tenantId, id: notificationId, kind: template, createdAt: now }
  return {
    notificationId,
    events: [messageRequested(notificationId, { ...all, notificationId, template })],
    write: [(tx) => tx.insert(message).values({ ...row, status: 'queued' })],
  }
}

export async function sealFor(
  tx: Tx,
  tenantId: string,
  recipientId: string,
  messageId: string,
  value: unknown,
): Promise<Buffer | null> {
  const key = await subjectKey(tx, tenantId, recipientId)
  return key && sealBytes(key.key, Buffer.from(JSON.stringify(value)), `message:${messageId}`)
}
