import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { relayDb, type Tx } from '@/db/client'
import { keptMail, keptText, message } from '@/db/schema'
import { familyOf } from '@/server/business/contact/queries'
import { isLoopback } from '@/server/core/addresses'
import { config } from '@/server/core/config'
import { unsealBytes, unwrapKey } from '@/server/core/crypto'
import type { Data, StoredEvent } from '@/server/core/events'
import { id, rfc3339 } from '@/server/core/fields'
import { open, readAggregate } from '@/server/core/log'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import {
  type AccountTemplate,
  type AppointmentTemplate,
  accountTemplates,
  appointmentTemplates,
  type Letter,
  type WaitingTemplate,
  waitingTemplates,
} from '../template/model'
import type { Invitation } from '../template/model-calendar'
import { appointmentFacts, customOf, invitationOf, oneClickFor, waitingFacts } from '../template/queries'
import type { messageRequested } from './events'
import {
  accountContent,
  type KeptMail,
  type KeptText,
  keptMailContent,
  keptTextContent,
  type MessageStatus,
  messageStatuses,
} from './model'

/** The newest notices for whoever asks. */
export const inbox = query({
  name: 'notification.message.inbox',
  input: z.strictObject({ businessId: id, limit: z.int().min(1).max(100).default(30) }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { limit }, { call }) => {
    const me = call.actor.kind === 'user' ? call.actor.userId : null
    const mine = me
      ? or(isNull(message.recipientId), eq(message.recipientId, me))
      : isNull(message.recipientId)
    const messages = await tx
      .select({
        id: message.id,
        kind: message.kind,
        aboutType: message.aboutType,
        aboutId: message.aboutId,
        createdAt: message.createdAt,
      })
      .from(message)
      .where(and(eq(message.channel, 'inbox'), mine))
      .orderBy(desc(message.createdAt), desc(message.id))
      .limit(limit)
    return { messages: messages.map((m) => ({ ...m, createdAt: m.createdAt.toISOString() })) }
  },
})

/** The fact a message was sent because of; null where a person asked for it, or the log no longer reaches. */
export async function causeOf(tx: Tx, tenantId: string, causeId: string | null) {
  if (!causeId) return null
  const [row] = await tx.execute<{
    type: string
    recorded_at: string
    about_type: string
    about_id: string
  }>(sql`
    select type, recorded_at, aggregate_type as about_type, aggregate_id as about_id from event_log
    where tenant_id = ${tenantId} and id = ${causeId}`)
  return row ? { type: row.type, time: rfc3339(Date.parse(row.recorded_at)), aboutId: row.about_id } : null
}

/** The request for a message that is still to go out; null where it went out, or is not wanted. */
export const requestToSend = (tx: Tx, tenantId: string, notificationId: string): Promise<Requested | null> =>
  requestOf(tx, tenantId, notificationId, ['queued', 'failed'])

/** The request for any message, whatever became of it. */
export async function requestOf(
  tx: Tx,
  tenantId: string,
  notificationId: string,
  standing: readonly MessageStatus[] = messageStatuses,
): Promise<Requested | null> {
  const [row] = await tx.select().from(message).where(eq(message.id, notificationId))
  if (!row || !standing.includes(row.status)) return null
  const [first] = await readAggregate(tx, tenantId, 'notification.message', notificationId)
  return first ? ((await open(tx, first)) as Requested | null) : null
}

/** Where a short message goes; null where there is no number any more that takes one. */
export async function numberOf(tx: Tx, recipientId: string): Promise<string | null> {
  const [person] = await familyOf(tx, recipientId)
  return person?.phone ?? null
}

export type LetterTo = {
  letter: Letter
  address: string
  invitation: (Invitation & { method: 'REQUEST' | 'CANCEL' }) | null
  /** What one press in a mail program ends; null where it has to come. */
  unsubscribe: string | null
}
type Requested = StoredEvent<Data<typeof messageRequested>>

/** What a requested mail says and to whom, read when it is sent. Null where there is nobody to send it to any more. */
export async function letterFor(
  tx: Tx,
  { data, tenantId, causationId }: Requested,
): Promise<LetterTo | null> {
  const language = data.language ?? 'en'
  const about = appointmentTemplates.find((name) => name === data.template)
  if (about) return aboutBooking(tx, tenantId, data, about, causationId)
  const waiting = waitingTemplates.find((name) => name === data.template)
  if (waiting) return aboutWaiting(tx, tenantId, data, waiting)
  const template = accountTemplates.find((name) => name === data.template)
  return template ? aboutAccount(tx, data, template, language) : null
}

/** What a calendar program is told along with it: nothing of what is not decided but that its time is over, and nothing twice. */
const methodOf: Record<AppointmentTemplate, 'REQUEST' | 'CANCEL' | null> = {
  appointment_requested: null,
  appointment_confirmed: 'REQUEST',
  appointment_rescheduled: 'REQUEST',
  appointment_declined: 'CANCEL',
  appointment_cancelled: 'CANCEL',
  appointment_reminder: null,
}

async function aboutBooking(
  tx: Tx,
  tenantId: string,
  { aboutId, language: wanted }: Requested['data'],
  template: AppointmentTemplate,
  causeId: string | null,
): Promise<LetterTo | null> {
  const language = wanted ?? 'en'
  const facts = await appointmentFacts(tx, tenantId, aboutId, causeId)
  if (!facts?.address) return null
  const method = facts.gaveUp ? 'CANCEL' : methodOf[template]
  return {
    letter: { ...facts.letter, template, language, custom: await customOf(tx, template, language) },
    address: facts.address,
    unsubscribe: oneClickFor({ template, choicesUrl: facts.letter.choicesUrl }),
    invitation: method && {
      ...invitationOf(aboutId, facts, method, language),
      also:
        template === 'appointment_confirmed' ? facts.letter.sameGo.filter((one) => one.id !== aboutId) : [],
    },
  }
}

async function aboutWaiting(
  tx: Tx,
  tenantId: string,
  { aboutId, language }: Requested['data'],
  template: WaitingTemplate,
): Promise<LetterTo | null> {
  const facts = await waitingFacts(tx, tenantId, aboutId)
  if (!facts) return null
  const spoken = language ?? 'en'
  const custom = await customOf(tx, template, spoken)
  return {
    letter: { ...facts.letter, template, language: spoken, custom },
    address: facts.address,
    invitation: null,
    unsubscribe: oneClickFor({ template, choicesUrl: facts.letter.choicesUrl }),
  }
}

async function aboutAccount(
  tx: Tx,
  { notificationId }: Requested['data'],
  template: AccountTemplate,
  language: Letter['language'],
): Promise<LetterTo | null> {
  const [row] = await tx.select().from(message).where(eq(message.id, notificationId))
  const sealed =
    row?.content && row.recipientId ? await opened(tx, row.recipientId, row.id, row.content) : null
  if (!sealed) return null
  const { to, brand, ...said } = accountContent.parse(sealed)
  const url = config().PUBLIC_URL
  return {
    letter: {
      ...said,
      template,
      language,
      brand: { ...(brand ?? { name: 'SlotWise', accent: null }), logo: null, url },
      reader: { name: to.name },
    },
    address: to.address,
    invitation: null,
    unsubscribe: null,
  }
}

async function opened(
  db: Pick<Tx, 'execute'>,
  recipientId: string,
  id: string,
  sealed: Buffer,
): Promise<unknown> {
  const [key] = await db.execute<{ key_id: string; wrapped: Buffer | null }>(
    sql`select key_id, wrapped from subject_key where subject_id = ${recipientId}`,
  )
  if (!key?.wrapped) return null
  return JSON.parse(unsealBytes(unwrapKey(key.wrapped, key.key_id), sealed, `message:${id}`).toString())
}

export type MailboxEntry = { id: string; createdAt: string; mail: KeptMail }

/** Without a mail server the demo and development show every mail to everybody; nobody else ever does. */
export const showsMailbox = (): boolean => {
  const { SMTP_URL, DEMO, NODE_ENV, HOST } = config()
  return !SMTP_URL && isLoopback(HOST) && (DEMO === true || NODE_ENV !== 'production')
}

const mostShown = 200

/** The newest of all kept mails, in whose address or subject these words are. Sealed, so looked through here. */
export async function keptMails(words = ''): Promise<MailboxEntry[]> {
  if (!showsMailbox()) return []
  const rows = await relayDb().select().from(keptMail).orderBy(desc(keptMail.createdAt)).limit(mostShown)
  const entries = (await Promise.all(rows.map(entryOf))).filter((entry) => entry !== null)
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return entries.filter(({ mail: { to, subject } }) => {
    const text = `${to.name} ${to.address} ${subject}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

export async function keptMailById(id: string): Promise<MailboxEntry | null> {
  if (!showsMailbox() || !z.guid().safeParse(id).success) return null
  const [row] = await relayDb().select().from(keptMail).where(eq(keptMail.id, id)).limit(1)
  return row ? entryOf(row) : null
}

async function entryOf(row: typeof keptMail.$inferSelect): Promise<MailboxEntry | null> {
  const sealed = await opened(relayDb(), row.recipientId, row.id, row.mail)
  return sealed
    ? { id: row.id, createdAt: row.createdAt.toISOString(), mail: keptMailContent.parse(sealed) }
    : null
}

/** The newest of all kept short messages. */
export async function keptTexts(): Promise<{ id: string; createdAt: string; sms: KeptText }[]> {
  if (!showsMailbox()) return []
  const rows = await relayDb().select().from(keptText).orderBy(desc(keptText.createdAt)).limit(mostShown)
  const entries = await Promise.all(
    rows.map(async ({ id: own, recipientId, text, createdAt }) => {
      const sealed = await opened(relayDb(), recipientId, own, text)
      if (!sealed) return null
      return { id: own, createdAt: createdAt.toISOString(), sms: keptTextContent.parse(sealed) }
    }),
  )
  return entries.filter((entry) => entry !== null)
}
