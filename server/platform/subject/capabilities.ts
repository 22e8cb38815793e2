import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import type { NewEvent } from '@/server/core/events'
import { newId } from '@/server/core/id'
import { subjectErased } from './events'

/** What the log will say, and what then makes it true. */
export type Forgetting = { event: NewEvent; destroy: (tx: Tx) => Promise<unknown> }

/**
 * Makes everything unreadable that was ever sealed for this person, of a business or with an account of the platform.
 * Null if that was done before. A person nothing was sealed for is marked all the same: nothing will be.
 */
export async function forget(
  tx: Tx,
  tenantId: string,
  subjectId: string,
  now: Date,
): Promise<Forgetting | null> {
  const [found] = await tx.execute<{ key_id: string; shredded: boolean }>(sql`
    select key_id, shredded_at is not null as shredded from subject_key where subject_id = ${subjectId}`)
  if (found?.shredded) return null
  const at = now.toISOString()
  return {
    event: subjectErased(subjectId, { subjectId, keyId: found?.key_id ?? null }),
    destroy: (t) =>
      t.execute(sql`
        insert into subject_key (subject_id, tenant_id, key_id, wrapped, shredded_at)
        values (${subjectId}, ${tenantId}, ${newId()}, null, ${at}::timestamptz)
        on conflict (subject_id) do update set wrapped = null, shredded_at = excluded.shredded_at`),
  }
}

/** Answers that were kept for repeated requests, where they speak of this person by any of these words. */
export const forgetAnswers = (tx: Tx, tenantId: string, words: readonly string[]) =>
  tx.execute(sql`
    delete from idempotency_key where tenant_id = ${tenantId} and exists (
      select 1 from jsonb_array_elements_text(${JSON.stringify(words.map(asWritten))}::text::jsonb) as w(word)
      where strpos(answer::text, word) > 0)`)

const asWritten = (word: string): string => JSON.stringify(word).slice(1, -1)
