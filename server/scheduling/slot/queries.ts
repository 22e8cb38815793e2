import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { slot } from '@/db/schema'
import { refuse } from '@/server/core/errors'

export async function loadSlot(tx: Tx, slotId: string) {
  const [row] = await tx.select().from(slot).where(eq(slot.id, slotId))
  return row ?? refuse('not_found')
}
