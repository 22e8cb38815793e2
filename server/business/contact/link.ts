import { inArray } from 'drizzle-orm'
import { z } from 'zod'
import { contact } from '@/db/schema'
import { personLock } from '@/server/auth/user/capabilities'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { contactLock } from './capabilities'
import { contactLinked, contactUnlinked } from './events'
import { mislinked } from './queries'

/**
 * Says whose account an entry is, under every name it has: that of whoever confirmed its address, or nobody's. The account
 * stands still meanwhile, since whoever changes their address is asked about again only after that.
 */
export const linkContact = command({
  name: 'business.contact.link',
  input: z.strictObject({ businessId: id, contactId: id }),
  may: systemOnly,
  locks: async (tx, { contactId }) => {
    const { family, userId } = await mislinked(tx, contactId)
    return [...family.map((row) => contactLock(row.id)), ...(userId ? [personLock(userId)] : [])]
  },
  run: async (tx, { businessId, contactId }, { append }) => {
    const { userId, wrong } = await mislinked(tx, contactId)
    if (wrong.length === 0) return
    const of = (one: string) => ({ contactId: one, businessId })
    await append(
      wrong.flatMap((row) => [
        ...(row.userId ? [contactUnlinked(row.id, { ...of(row.id), userId: row.userId })] : []),
        ...(userId ? [contactLinked(row.id, { ...of(row.id), userId })] : []),
      ]),
    )
    await tx
      .update(contact)
      .set({ userId })
      .where(
        inArray(
          contact.id,
          wrong.map((row) => row.id),
        ),
      )
  },
})
