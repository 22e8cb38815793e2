import { lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { contactList } from '@/db/schema'
import { command } from '@/server/core/command'
import { keyFor, sealBytes } from '@/server/core/crypto'
import { parseCsv } from '@/server/core/csv'
import { refuse } from '@/server/core/errors'
import { id, line } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { mostLines } from './model-list'
import { listContext } from './queries'

/** Puts a list aside, for somebody to look at before anybody in it is taken over. */
export const takeList = command({
  name: 'business.contact.take_list',
  input: z.strictObject({ businessId: id, name: line(200), text: z.string().max(1_000_000) }),
  may: members('owner', 'admin'),
  run: async (tx, { name, text }, { tenantId, now }) => {
    const rows = parseCsv(text)
    if (rows.length === 0) refuse('unprocessable', 'empty_list')
    if (rows.length > mostLines + 1) refuse('unprocessable', 'list_too_long', { limit: mostLines })
    const listId = newId()
    const file = sealBytes(keyFor(listContext), Buffer.from(JSON.stringify(rows)), listId)
    await tx.delete(contactList).where(lt(contactList.createdAt, sql`now() - interval '1 day'`))
    await tx.insert(contactList).values({ tenantId, id: listId, name, file, createdAt: now })
    return { listId }
  },
})
