import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { appointment, business, contact, inbox, provider, service } from '@/db/schema'
import { tends } from '@/server/business/provider/model-tending'
import { type Actor, rolesIn } from '@/server/core/actor'
import { resourceToken } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { id, instant, rfc3339 } from '@/server/core/fields'
import { signedIn } from '@/server/core/policy'
import { insideEach, personOf, query } from '@/server/core/query'
import { mostCounted } from './model'

type Row = {
  id: string
  tenant_id: string
  kind: string
  about_type: string
  about_id: string
  created_at: string
  unread: boolean
}

/**
 * Notices to a person, and those to everybody who runs a business since they run it too, the newest first. Each part is
 * read by its own index and no further than it is asked for; row-level security says the same once more.
 */
async function noticesTo(
  actor: Actor,
  tx: Tx,
  where: SQL,
  limit: number,
  channel: 'inbox' | 'push' = 'inbox',
): Promise<Row[]> {
  const me = personOf({ actor })
  const some = (to: SQL) => sql`
    select m.id, m.tenant_id, m.kind, m.about_type, m.about_id, m.created_at,
      m.by_id is distinct from ${me}::uuid and (r.id is null or (r.read_to is null or m.created_at > r.read_to) and m.id <> all(r.opened)) as unread
    from message m left join inbox r on r.id = ${me}
    where m.channel = ${channel} and ${to} and ${where} order by m.created_at desc, m.id desc limit ${limit}`
  const rows = await tx.execute<Row>(sql`
    select n.* from (
      (${some(sql`m.recipient_id = ${me}`)})
      union all
      select ofHouse.* from (
        select h.tenant_id, min(h.granted_at) as since from membership h
        where h.user_id = ${me} and h.revoked_at is null and h.role in ('owner', 'admin') group by 1) runs
      cross join lateral (
        ${some(sql`m.tenant_id = runs.tenant_id and m.recipient_id is null and m.created_at >= runs.since`)}) ofHouse
    ) n order by n.created_at desc, n.id desc limit ${limit}`)
  return [...rows]
}

/** What somebody read so far; before anything was, nothing. */
export async function readOf(tx: Tx, userId: string) {
  const [row] = await tx.select().from(inbox).where(eq(inbox.id, userId))
  return { readTo: row?.readTo ?? null, opened: row?.opened ?? [] }
}

type Notice = {
  id: string
  kind: string
  unread: boolean
  createdAt: string
  business: string
  /** Where it leads; null where that is not theirs to see any more. */
  path: string | null
  /** What it is about, as far as there is something to say. */
  about: { service: string; startTime: string; timeZone: string; who: string | null } | null
  /** A colleague has it by now. */
  away: boolean
}

/** What businesses said to whoever asks, as their client or as one of their people, newest first, a page at a time by key. */
export const listInbox = query({
  name: 'notification.inbox.list',
  input: z.strictObject({
    limit: z.int().min(1).max(100).default(25),
    before: z.strictObject({ time: instant, id }).optional(),
  }),
  may: signedIn,
  run: async (tx, { limit, before }, { call }) => {
    const older = before
      ? sql`(m.created_at, m.id) < (${before.time}::timestamptz, ${before.id}::uuid)`
      : sql`true`
    const rows = await noticesTo(call.actor, tx, older, limit + 1)
    const notices = await told(tx, rows.slice(0, limit), call.actor)
    const last = rows.length > limit ? notices.at(-1) : undefined
    return { notices, before: last ? { time: last.createdAt, id: last.id } : null }
  },
})

/** How many of them whoever asks has not read, as far as anybody counts. */
export const countUnread = query({
  name: 'notification.inbox.count',
  input: z.strictObject({}),
  may: signedIn,
  run: async (tx, _input, { call }) => {
    const me = personOf(call)
    const { readTo, opened } = await readOf(tx, me)
    // What was read long ago is not even looked at.
    const fresh = sql`m.by_id is distinct from ${me}::uuid and m.id <> all(${sql.param(opened)}::uuid[])
      and m.created_at > ${readTo?.toISOString() ?? '-infinity'}::timestamptz`
    const rows = await noticesTo(call.actor, tx, fresh, mostCounted + 1)
    return { unread: rows.length }
  },
})

/** One of the reader's own, or what was pushed to them of it: where it leads, and what is read by going there. */
export const showNotice = query({
  name: 'notification.inbox.show',
  input: z.strictObject({ notificationId: id }),
  may: signedIn,
  run: async (tx, { notificationId }, { call }) => {
    const named = sql`m.id = ${notificationId}`
    const [pushed] = await noticesTo(call.actor, tx, named, 1, 'push')
    const same = pushed ? sql`m.about_id = ${pushed.about_id} and m.kind = ${pushed.kind}` : named
    const [row] = await noticesTo(call.actor, tx, same, 1)
    const shown = row ?? pushed
    const [notice] = shown ? await told(tx, [shown], call.actor) : []
    return notice ? { path: notice.path, opens: row?.id ?? null } : refuse('not_found')
  },
})

/** One of the reader's own notices; null where there is none. */
export async function noticeOf(tx: Tx, actor: Actor, notificationId: string): Promise<Row | null> {
  const [row] = await noticesTo(actor, tx, sql`m.id = ${notificationId}`, 1)
  return row ?? null
}

async function told(tx: Tx, rows: readonly Row[], actor: Actor): Promise<Notice[]> {
  const byTenant = Map.groupBy(rows, (row) => row.tenant_id)
  const known = await insideEach(tx, byTenant.keys(), async (tenantId) => {
    const [house] = await tx
      .select({ name: business.name, slug: business.slug })
      .from(business)
      .where(eq(business.tenantId, tenantId))
    return { house, bookings: await bookingsOf(tx, byTenant.get(tenantId) ?? []) }
  })
  return rows.map((row) => {
    const { house, bookings } = known.get(row.tenant_id) ?? {}
    const held: string[] = rolesIn(actor, row.tenant_id)
    const forStaff = row.kind.includes('.')
    const seen = !forStaff || held.length > 0
    const booking = seen ? bookings?.get(row.about_id) : undefined
    // It may have gone to a colleague since, whose bookings are no concern of theirs.
    const theirs = booking && (!forStaff || tends(actor, row.tenant_id, booking.tendedBy))
    const about = theirs ? booking : undefined
    const path = forStaff
      ? seen && house
        ? deskPath(row, house.slug, held, about?.startTime)
        : null
      : clientPath(row.about_type, row.about_id)
    return {
      id: row.id,
      kind: row.kind,
      unread: row.unread,
      createdAt: rfc3339(Date.parse(row.created_at)),
      business: house?.name ?? '',
      path,
      about: about
        ? {
            service: about.service,
            startTime: about.startTime,
            timeZone: about.timeZone,
            who: forStaff ? about.client : about.provider,
          }
        : null,
      away: booking !== undefined && !theirs,
    }
  })
}

async function bookingsOf(tx: Tx, rows: readonly Row[]) {
  const ids = rows.filter((row) => row.about_type === 'booking.appointment').map((row) => row.about_id)
  if (ids.length === 0) return new Map()
  const found = await tx
    .select({
      id: appointment.id,
      startsAt: appointment.startsAt,
      timeZone: appointment.timeZone,
      service: service.name,
      provider: provider.name,
      tendedBy: provider.userId,
      client: contact.name,
    })
    .from(appointment)
    .innerJoin(service, eq(service.id, appointment.serviceId))
    .innerJoin(provider, eq(provider.id, appointment.providerId))
    .leftJoin(contact, eq(contact.id, appointment.contactId))
    .where(inArray(appointment.id, ids))
  return new Map(found.map(({ startsAt, ...one }) => [one.id, { ...one, startTime: rfc3339(startsAt) }]))
}

/** By the link that whoever it concerns has anyway. */
function clientPath(aboutType: string, aboutId: string): string | null {
  const [resource, folder] =
    aboutType === 'booking.appointment'
      ? ['appointment', 'bookings']
      : aboutType === 'booking.waitlist'
        ? ['waitlist', 'waitlist']
        : []
  return resource ? `/${folder}/${aboutId}?token=${resourceToken(resource, aboutId)}` : null
}

/** To the desk of whoever works there: what is asked for to the requests, what is booked to its day, classes to theirs. */
function deskPath(row: Row, slug: string, held: readonly string[], startTime?: string): string {
  const runs = held.some((role) => role === 'owner' || role === 'admin')
  const root = runs ? `/b/${slug}/admin` : `/b/${slug}`
  if (row.about_type === 'scheduling.slot' && runs) return `${root}/classes/${row.about_id}`
  if (row.about_type === 'scheduling.series' && runs) return `${root}/classes`
  if (row.kind.endsWith('.approval_requested.v1') && runs) return `${root}/requests`
  const query = startTime
    ? `?${new URLSearchParams({ date: startTime.slice(0, 10), open: row.about_id })}`
    : ''
  return `${root}/calendar${query}`
}
