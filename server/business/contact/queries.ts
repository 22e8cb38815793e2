import { and, asc, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { relayDb, type Tx } from '@/db/client'
import { appointment, contact, contactList, contactNote } from '@/db/schema'
import { keyFor, unsealBytes } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import type { Data } from '@/server/core/events'
import { id, line, rfc3339 } from '@/server/core/fields'
import { open, readAggregate } from '@/server/core/log'
import { members, signedIn } from '@/server/core/policy'
import { personOf, query } from '@/server/core/query'
import type { contactUpdated } from './events'
import type { PersonFields } from './model'
import { type ColumnKind, columnKinds, guessColumns, judgeList, mostColumns, signsOf } from './model-list'

export type ContactRow = typeof contact.$inferSelect

const staff = members('owner', 'admin', 'provider')

/** Known, and not known as somebody else. */
export const listed = and(isNull(contact.erasedAt), isNull(contact.mergedInto))

export const matching = (q: string): SQL | undefined => {
  const digits = q.replace(/\D/g, '')
  return or(
    sql`strpos(lower(${contact.name}), lower(${q})) > 0`,
    sql`strpos(lower(${contact.email}), lower(${q})) > 0`,
    digits.length >= 3
      ? sql`strpos(regexp_replace(${contact.phone}, '\\D', '', 'g'), ${digits}) > 0`
      : undefined,
  )
}

/** Everybody who turned out to be one person, that person first. Whichever of them is named. */
export async function familyOf(tx: Tx, contactId: string): Promise<ContactRow[]> {
  const root = sql`(select coalesce(merged_into, id) from contact where id = ${contactId})`
  const rows = await tx
    .select()
    .from(contact)
    .where(or(eq(contact.id, root), eq(contact.mergedInto, root)))
  return rows.sort((a, b) => Number(a.mergedInto !== null) - Number(b.mergedInto !== null))
}

/** The number somebody gave this business while signed in; null where it knows none. Anybody may have typed their address. */
export const ownPhone = query({
  name: 'business.contact.own_phone',
  input: z.strictObject({ businessId: id }),
  may: signedIn,
  run: async (tx, { businessId }, { call }) => {
    const me = personOf(call)
    // What was held by its token was booked by whoever held it.
    const [row] = await tx
      .select({ phone: contact.phone })
      .from(contact)
      .innerJoin(appointment, eq(appointment.contactId, contact.id))
      .innerJoin(
        sql`event_log made`,
        sql`made.tenant_id = ${businessId} and made.aggregate_type = 'booking.appointment'
          and made.aggregate_id = ${appointment.id} and made.version = 1`,
      )
      .where(
        and(
          listed,
          eq(contact.userId, me),
          isNotNull(contact.phone),
          sql`(made.actor_id = ${me} or exists (select 1 from event_log held where held.tenant_id = ${businessId}
            and held.aggregate_type = 'scheduling.hold' and held.aggregate_id = (made.data ->> 'holdId')::uuid
            and held.version = 1 and held.actor_id = ${me}))`,
        ),
      )
      .orderBy(desc(appointment.createdAt))
      .limit(1)
    return { phone: row?.phone ?? null }
  },
})

/** The account that proved to have this address. An address that nobody confirmed may be anybody's. */
async function accountWith(tx: Tx, email: string | null | undefined): Promise<string | null> {
  if (!email) return null
  const [row] = await tx.execute<{ id: string | null }>(sql`select account_with(${email}) as id`)
  return row?.id ?? null
}

/** Whose account somebody is, and which of their entries say otherwise still. */
export async function mislinked(tx: Tx, contactId: string) {
  const family = await familyOf(tx, contactId)
  const userId = await accountWith(tx, family[0]?.email)
  return { family, userId, wrong: family.filter((row) => !row.erasedAt && row.userId !== userId) }
}

/** Every entry, of whichever business, that is an account's or may have become it. Only for the system's own work. */
export async function entriesOfAccount(userId: string, email: string | null) {
  const rows = await relayDb().execute<{ tenant_id: string; id: string }>(
    sql`select tenant_id, id from entries_of_account(${userId}, ${email})`,
  )
  return rows.map((row) => ({ businessId: row.tenant_id, contactId: row.id }))
}

/** The people a business knows, by a part of their name, address or number. */
export const searchContacts = query({
  name: 'business.contact.search',
  input: z.strictObject({
    businessId: id,
    q: line(100),
    limit: z.int().min(1).max(50).default(10),
  }),
  may: staff,
  run: async (tx, { q, limit }) => {
    const contacts = await tx
      .select({ id: contact.id, name: contact.name, email: contact.email, phone: contact.phone })
      .from(contact)
      .where(and(listed, matching(q)))
      .orderBy(asc(contact.name), asc(contact.id))
      .limit(limit)
    return { contacts }
  },
})

/** Somebody with all the business knows of them, whichever of their entries is named. */
export const showContact = query({
  name: 'business.contact.show',
  input: z.strictObject({ businessId: id, contactId: id }),
  may: staff,
  run: async (tx, { contactId }, { tenantId }) => {
    const [row, ...merged] = await familyOf(tx, contactId)
    if (!row || row.erasedAt) return refuse('not_found')
    const ids = [row.id, ...merged.map((one) => one.id)]
    const notes = await tx
      .select({
        id: contactNote.id,
        text: contactNote.text,
        authorId: contactNote.authorId,
        createdAt: contactNote.createdAt,
      })
      .from(contactNote)
      .where(inArray(contactNote.contactId, ids))
      .orderBy(desc(contactNote.createdAt), desc(contactNote.id))
      .limit(200)
    const { id: own, name, email, phone } = row
    return {
      contact: { id: own, name: name ?? '', email, phone, since: rfc3339(row.createdAt) },
      notes: notes.map((note) => ({ ...note, createdAt: rfc3339(note.createdAt) })),
      merged: await Promise.all(
        merged.map(async (one) => ({ id: one.id, ...(await ownWords(tx, tenantId, one.id)) })),
      ),
      counts: await countsOf(tx, ids),
    }
  },
})

/** What was said of somebody under their own id, before they were merged; null once that was erased. */
export async function ownWords(tx: Tx, tenantId: string, contactId: string): Promise<PersonFields | null> {
  const history = await readAggregate(tx, tenantId, 'business.contact', contactId)
  const said = history.findLast((event) => /\.(created|updated)\.v\d+$/.test(event.type))
  const data = said && ((await open(tx, said))?.data as Data<typeof contactUpdated> | undefined)
  return data?.name ? { name: data.name, email: data.email, phone: data.phone } : null
}

async function countsOf(tx: Tx, ids: string[]) {
  const of = (where: SQL) => sql<number>`count(*) filter (where ${where})::int`
  const [counted] = await tx
    .select({
      all: sql<number>`count(*)::int`,
      ahead: of(sql`${appointment.status} in ('pending', 'confirmed') and ${appointment.startsAt} > now()`),
      came: of(sql`${appointment.status} in ('confirmed', 'completed') and ${appointment.startsAt} <= now()`),
      cancelled: of(sql`${appointment.status} = 'cancelled'`),
      noShows: of(sql`${appointment.status} = 'no_show'`),
    })
    .from(appointment)
    .where(inArray(appointment.contactId, ids))
  return counted ?? { all: 0, ahead: 0, came: 0, cancelled: 0, noShows: 0 }
}

export const listContext = 'contact-list'

/** A list that was put aside, as its rows. */
export async function openList(tx: Tx, listId: string) {
  const [row] = await tx.select().from(contactList).where(eq(contactList.id, listId))
  if (!row) return refuse('not_found')
  const rows = JSON.parse(unsealBytes(keyFor(listContext), row.file, row.id).toString()) as string[][]
  return { name: row.name, done: row.done, rows }
}

/** By what those in these rows whom the business knows already are known. */
export async function knownOf(
  tx: Tx,
  rows: readonly (readonly string[])[],
  guess: { head: boolean; columns: readonly ColumnKind[] },
): Promise<Set<string>> {
  const people = judgeList(rows, guess, new Set()).flatMap(({ person }) => person ?? [])
  const emails = people.flatMap(({ email }) => email ?? [])
  const names = people.flatMap(({ name, email }) => (email ? [] : name.toLowerCase()))
  if (people.length === 0) return new Set()
  const known = await tx
    .select({ name: contact.name, email: contact.email, phone: contact.phone })
    .from(contact)
    .where(
      and(
        isNull(contact.erasedAt),
        or(inArray(contact.email, emails), inArray(sql`lower(${contact.name})`, names)),
      ),
    )
  return new Set(known.flatMap((row) => signsOf({ ...row, name: row.name ?? '' })))
}

/** What taking a list over would do, line by line. */
export const previewList = query({
  name: 'business.contact.preview_list',
  input: z.strictObject({
    businessId: id,
    listId: id,
    columns: z.array(z.enum(columnKinds)).max(mostColumns).optional(),
  }),
  may: members('owner', 'admin'),
  run: async (tx, { listId, columns }) => {
    const { name, rows } = await openList(tx, listId)
    const guess = guessColumns(rows)
    const width = Math.min(mostColumns, Math.max(...rows.map((row) => row.length)))
    const kinds = Array.from({ length: width }, (_, i) => columns?.[i] ?? guess.columns[i] ?? 'skip')
    const judged = judgeList(
      rows,
      { head: guess.head, columns: kinds },
      await knownOf(tx, rows, { head: guess.head, columns: kinds }),
    )
    const titles = kinds.map((_, i) => (guess.head ? rows[0]?.[i]?.trim() : '') || `${i + 1}`)
    const samples = kinds.map((_, i) => rows[guess.head ? 1 : 0]?.[i]?.trim() ?? '')
    return { name, head: guess.head, columns: kinds, titles, samples, lines: judged }
  },
})
