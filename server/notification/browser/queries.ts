import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { authDb, type Tx } from '@/db/client'
import { appointment, browser, business, hold, provider, session, waitlist } from '@/db/schema'
import { unsealBytes, unwrapKey } from '@/server/core/crypto'
import { rfc3339 } from '@/server/core/fields'
import { platformTenant } from '@/server/core/id'
import { signedIn } from '@/server/core/policy'
import { inTenant, personOf, query } from '@/server/core/query'
import { zoneAt } from '@/server/location/venue/queries'

import { type Subscription, subscription } from './model'

type Row = typeof browser.$inferSelect

/** Those where somebody is signed in still: who signed out there is told of nothing. */
async function reached(tx: Tx, userId: string): Promise<{ row: Row; alive: boolean; said: Subscription }[]> {
  const rows = await tx
    .select()
    .from(browser)
    .where(and(eq(browser.userId, userId), eq(browser.active, true)))
    .orderBy(desc(browser.createdAt))
  const [key] = await tx.execute<{ key_id: string; wrapped: Buffer | null }>(
    sql`select key_id, wrapped from subject_key where subject_id = ${userId}`,
  )
  if (!key?.wrapped || rows.length === 0) return []
  const data = unwrapKey(key.wrapped, key.key_id)
  const alive = new Set(await livingSessions(rows.map((row) => row.sessionId)))
  return rows.flatMap((row) => {
    if (!row.sealed) return []
    const said = subscription.parse(JSON.parse(unsealBytes(data, row.sealed, `message:${row.id}`).toString()))
    return [{ row, said, alive: alive.has(row.sessionId) }]
  })
}

async function livingSessions(ids: string[]): Promise<string[]> {
  const rows = await authDb()
    .select({ id: session.id })
    .from(session)
    .where(and(inArray(session.id, ids), gt(session.expiresAt, sql`clock_timestamp()`)))
  return rows.map((row) => row.id)
}

/** Where to push to somebody, and which of their browsers is signed out meanwhile. */
export const browsersOf = (userId: string) =>
  inTenant(platformTenant, async (tx) =>
    (await reached(tx, userId)).map(({ row, said, alive }) => ({ id: row.id, alive, target: said })),
  )

/** Which of these people are told of things in a browser. */
export async function whoIsPushedTo(tx: Tx, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectDistinct({ userId: browser.userId })
    .from(browser)
    .where(and(inArray(browser.userId, [...userIds]), eq(browser.active, true)))
  return new Set(rows.map((row) => row.userId))
}

/** A person's own, as they know them. By its hash a browser knows which of them it is. */
export const listBrowsers = query({
  name: 'notification.browser.list',
  input: z.strictObject({}),
  may: signedIn,
  run: async (tx, _input, { call }) => ({
    browsers: (await reached(tx, personOf(call)))
      .filter(({ alive }) => alive)
      .map(({ row, said }) => ({
        id: row.id,
        hash: row.endpointHash ?? '',
        agent: said.agent,
        createdAt: rfc3339(row.createdAt),
      })),
  }),
})

/** What a locked screen may show of it: in whose name, and when. Not what for, nor for whom. And whose account tends it. */
export const shortFacts = (tenantId: string, aboutType: string, aboutId: string) =>
  inTenant(tenantId, async (tx) => {
    const [house] = await tx
      .select({ name: business.name, timeZone: business.timeZone })
      .from(business)
      .where(eq(business.tenantId, tenantId))
    if (!house) return null
    if (aboutType === 'booking.waitlist') {
      const [row] = await tx.select({ offer: waitlist.offer }).from(waitlist).where(eq(waitlist.id, aboutId))
      const [held] = row?.offer
        ? await tx
            .select({ place: hold.place, timeZone: provider.timeZone })
            .from(hold)
            .innerJoin(provider, eq(provider.id, hold.providerId))
            .where(eq(hold.id, row.offer.holdId))
        : []
      return {
        business: house.name,
        timeZone: await zoneAt(tx, held?.place, held?.timeZone ?? house.timeZone),
        startTime: row?.offer?.startTime ?? null,
        tendedBy: null,
      }
    }
    const [row] = await tx
      .select({
        startsAt: appointment.startsAt,
        timeZone: appointment.timeZone,
        tendedBy: provider.userId,
      })
      .from(appointment)
      .innerJoin(provider, eq(provider.id, appointment.providerId))
      .where(eq(appointment.id, aboutId))
    return {
      business: house.name,
      timeZone: row?.timeZone ?? house.timeZone,
      startTime: row ? rfc3339(row.startsAt) : null,
      tendedBy: row?.tendedBy ?? null,
    }
  })
