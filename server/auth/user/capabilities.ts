import { and, eq, gt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { authDb, type Db, type Tx } from '@/db/client'
import { type user, verification } from '@/db/schema'
import { config } from '@/server/core/config'
import { lockNumber } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import type { NewEvent } from '@/server/core/events'
import { newId, platformTenant } from '@/server/core/id'
import { append } from '@/server/core/log'
import { traceparent } from '@/server/core/telemetry'
import { planMail } from '@/server/notification/message/capabilities'
import { languageOf, oneLine } from '@/server/notification/template/model'
import { causeOfNow } from './cause'
import { type LinkPurpose, linkMinutes } from './model-link'
import { hashToken } from './token'

export const personLock = (userId: string): string => `user:${userId}`

/** Whoever changes a person stands here before the first write, so that the log keeps their facts in order. */
export async function lockPerson(tx: Tx, userId: string): Promise<void> {
  const [row] = await tx.execute<{ early: boolean }>(sql`
    select pg_current_xact_id_if_assigned() is null as early, pg_advisory_xact_lock(${lockNumber(personLock(userId))}::bigint)`)
  if (!row?.early) throw new Error('a person is changed before anything else in a transaction, or not in it')
}

/** Appends facts about people, who belong to the platform's tenant. Returns the topics to poke after the commit. */
export async function recordPerson(tx: Tx, actorId: string, events: readonly NewEvent[]): Promise<string[]> {
  const { correlationId, traceparent: parent } = causeOfNow()
  const { topics } = await append(
    tx,
    { tenantId: platformTenant, actorId, correlationId, causationId: null, traceparent: traceparent(parent) },
    events,
  )
  return topics
}

/** Only the mail has the link's secret; the database has its hash, and what it opens. */
export async function keepLink(tx: Tx, token: string, { purpose, ...opens }: Link, now: Date): Promise<void> {
  const expiresAt = new Date(now.getTime() + linkMinutes[purpose] * 60_000)
  const value = JSON.stringify(opens)
  await tx
    .insert(verification)
    .values({ id: newId(), identifier: identifierOf(purpose, token), value, expiresAt })
}

/** As `findLink`, with the person standing still: of two who press at once, one finds it used. */
export async function mustOpen(tx: Tx, purposes: readonly LinkPurpose[], token: string): Promise<Link> {
  const found = await findLink(tx, purposes, token)
  if (!found) refuse('conflict', 'link_used')
  await lockPerson(tx, found.userId)
  return (await findLink(tx, purposes, token)) ?? refuse('conflict', 'link_used')
}

/** With one link used, the person's others open nothing any more. */
export const dropLinks = (tx: Tx, userId: string) =>
  tx.delete(verification).where(sql`${verification.value} like ${`%"userId":"${userId}"%`}`)

export type Link = { purpose: LinkPurpose; userId: string; email: string }

const opened = z.object({ userId: z.guid(), email: z.string() })
const identifierOf = (purpose: LinkPurpose, token: string) => hashToken(`${purpose}:${token}`)

/** What a link opens, while it does. */
async function findLink(db: Db | Tx, purposes: readonly LinkPurpose[], token: string): Promise<Link | null> {
  for (const purpose of purposes) {
    const [row] = await db
      .select({ value: verification.value })
      .from(verification)
      .where(
        and(
          eq(verification.identifier, identifierOf(purpose, token)),
          gt(verification.expiresAt, sql`clock_timestamp()`),
        ),
      )
    if (row) return { purpose, ...opened.parse(JSON.parse(row.value)) }
  }
  return null
}

/** For a page that says what its button would do. */
export const linkOpens = (purpose: LinkPurpose, token: string) => findLink(authDb(), [purpose], token)

type Noticed = Pick<typeof user.$inferSelect, 'id' | 'name' | 'email' | 'language'>

/** Tells somebody, at the address they had, what was done to their account: they may not have been the one. */
export const planNotice = async (
  tx: Tx,
  { id, name, email, language }: Noticed,
  template: 'password_changed' | 'address_changed',
  now: Date,
) => {
  const plan = await planMail(tx, {
    tenantId: platformTenant,
    recipientId: id,
    template,
    language: languageOf(language),
    aboutType: 'auth.user',
    aboutId: id,
    content: {
      to: { name: oneLine(name, 120), address: email },
      url: config().PUBLIC_URL + (template === 'password_changed' ? '/forgot-password' : '/me/account'),
      minutes: null,
      invitation: null,
      brand: null,
    },
    now,
  })
  return plan ?? { events: [], write: [] }
}
