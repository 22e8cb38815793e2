import { count, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { appointment, contactNote, waitlist } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { familyOf } from './queries'

/** What merging two entries would move, before it is done. */
export const previewMerge = query({
  name: 'business.contact.preview_merge',
  input: z.strictObject({ businessId: id, contactId: id, intoId: id }),
  may: members('owner', 'admin'),
  run: async (tx, { contactId, intoId }) => {
    const [gone, stays] = [await familyOf(tx, contactId), await familyOf(tx, intoId)]
    const [from, into] = [gone[0], stays[0]]
    if (!from || !into || from.erasedAt || into.erasedAt) return refuse('not_found')
    const ids = gone.map((row) => row.id)
    const [bookings] = await tx
      .select({ n: count() })
      .from(appointment)
      .where(inArray(appointment.contactId, ids))
    const [waiting] = await tx.select({ n: count() }).from(waitlist).where(inArray(waitlist.contactId, ids))
    const [notes] = await tx
      .select({ n: count() })
      .from(contactNote)
      .where(inArray(contactNote.contactId, ids))
    const shown = ({ id: own, name, email, phone }: typeof from) => ({
      id: own,
      name: name ?? '',
      email,
      phone,
    })
    return {
      from: shown(from),
      into: shown(into),
      moves: { appointments: bookings?.n ?? 0, waiting: waiting?.n ?? 0, notes: notes?.n ?? 0 },
    }
  },
})
