import { and, asc, isNull, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { contact } from '@/db/schema'
import { id, line } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'

/** The people a business knows, by a part of their name, address or number. */
export const searchContacts = query({
  name: 'business.contact.search',
  input: z.strictObject({
    businessId: id,
    q: line(100),
    limit: z.int().min(1).max(50).default(10),
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { q, limit }) => {
    const digits = q.replace(/\D/g, '')
    const contacts = await tx
      .select({ id: contact.id, name: contact.name, email: contact.email, phone: contact.phone })
      .from(contact)
      .where(
        and(
          isNull(contact.erasedAt),
          or(
            sql`strpos(lower(${contact.name}), lower(${q})) > 0`,
            sql`strpos(lower(${contact.email}), lower(${q})) > 0`,
            digits.length >= 3
              ? sql`strpos(regexp_replace(${contact.phone}, '\\D', '', 'g'), ${digits}) > 0`
              : undefined,
          ),
        ),
      )
      .orderBy(asc(contact.name), asc(contact.id))
      .limit(limit)
    return { contacts }
  },
})
