import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { contactList, contactNote } from '@/db/schema'
import { type Context, command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { carryOut, merge, type Plan } from '@/server/scheduling/calendar/capabilities'
import { createContact } from './capabilities'
import { contactNoteAdded } from './events'
import { columnKinds, guessColumns, type Judged, judgeList, mostColumns } from './model-list'
import { knownOf, openList } from './queries'

const atOnce = 200

/** Takes over the next lines of a list. What was done is remembered with them, so that it can be gone on with. */
export const importContacts = command({
  name: 'business.contact.import',
  input: z.strictObject({
    businessId: id,
    listId: id,
    columns: z.array(z.enum(columnKinds)).max(mostColumns),
  }),
  may: members('owner', 'admin'),
  locks: (_tx, { listId }) => [`contact-list:${listId}`],
  run: async (tx, { listId, columns }, context) => {
    if (!columns.some((kind) => ['name', 'firstName', 'lastName'].includes(kind)))
      refuse('unprocessable', 'name_column_needed')
    const { rows, done } = await openList(tx, listId)
    const part = rows.slice(done, done + atOnce)
    const guess = { head: guessColumns(rows).head && done === 0, columns }
    const judged = judgeList(part, guess, await knownOf(tx, part, guess))
    const plan = merge(...judged.map((one) => added(one, context)))
    await context.append(plan.events)
    await carryOut(tx, plan)
    await count(tx, listId, done + part.length, rows.length)
    const people = judged.filter(({ person }) => person).length
    return { added: people, left: judged.length - people, finished: done + part.length >= rows.length }
  },
})

function added({ person, said }: Judged, { tenantId, actor, now }: Context): Plan {
  if (!person) return { events: [], write: [] }
  const { contactId, plan } = createContact(tenantId, person, now)
  if (!said.note) return plan
  const noteId = newId()
  const note = { contactId, text: said.note.trim() }
  const authorId = actor.kind === 'user' ? actor.userId : null
  return merge(plan, {
    events: [contactNoteAdded(contactId, { ...note, businessId: tenantId, noteId })],
    write: [
      (tx) => tx.insert(contactNote).values({ ...note, tenantId, id: noteId, authorId, createdAt: now }),
    ],
  })
}

const count = (tx: Tx, listId: string, done: number, all: number) =>
  done >= all
    ? tx.delete(contactList).where(eq(contactList.id, listId))
    : tx.update(contactList).set({ done }).where(eq(contactList.id, listId))
