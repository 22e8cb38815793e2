import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { relayDb, type Tx } from '@/db/client'
import { keptMail, message } from '@/db/schema'
import { isLoopback } from '@/server/core/addresses'
import { config } from '@/server/core/config'
import { unsealBytes, unwrapKey } from '@/server/core/crypto'
import type { Data, StoredEvent } from '@/server/core/events'
import { id } from '@/server/core/fields'
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
import { appointmentFacts, inTenant, invitationOf, waitingFacts } from '../template/queries'
import type { messageRequested } from './events'
import { accountContent, type KeptMail, keptMailContent } from './model'

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

export type LetterTo = {
  letter: Letter
  address: string
  invitation: (Invitation & { method: 'REQUEST' | 'CANCEL' }) | null
}
type Requested = StoredEvent<Data<typeof messageRequested>>

/** What a requested mail says and to whom, read when it is sent. Null where there is nobody to send it to any more. */
export const letterFor = ({ data, tenantId, causationId }: Requested): Promise<LetterTo | null> =>
  inTenant(tenantId, async (tx) => {
    const language = data.language ?? 'en'
    const about = appointmentTemplates.find((name) => name === data.template)
    if (about) return aboutBooking(tx, tenantId, data, about, causationId)
    const waiting = waitingTemplates.find((name) => name === data.template)
    if (waiting) return aboutWaiting(tx, tenantId, data, waiting)
    const template = accountTemplates.find((name) => name === data.template)
    return template ? aboutAccount(tx, data, template, language) : null
  })

/** What a calendar program is told along with it: nothing of what is not decided, and nothing twice. */
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
  const method = methodOf[template]
  return {
    letter: { ...facts.letter, template, language },
    address: facts.address,
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
  return (
    facts && {
      letter: { ...facts.letter, template, language: language ?? 'en' },
      address: facts.address,
      invitation: null,
    }
  )
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
