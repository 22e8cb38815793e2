import type { Tx } from '@/db/client'
import { inbox } from '@/db/schema'

export const inboxLock = (userId: string): string => `inbox:${userId}`

export const saveInbox = (tx: Tx, row: typeof inbox.$inferInsert) =>
  tx
    .insert(inbox)
    .values(row)
    .onConflictDoUpdate({ target: [inbox.tenantId, inbox.id], set: row })
