import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { lockNumber } from '@/server/core/crypto'
import type { NewEvent } from '@/server/core/events'
import { platformTenant } from '@/server/core/id'
import { append } from '@/server/core/log'
import { traceparent } from '@/server/core/telemetry'
import { causeOfNow } from './cause'

/** Whoever changes a person stands here before the first write, so that the log keeps their facts in order. */
export async function lockPerson(tx: Tx, userId: string): Promise<void> {
  const [row] = await tx.execute<{ early: boolean }>(sql`
    select pg_current_xact_id_if_assigned() is null as early, pg_advisory_xact_lock(${lockNumber(`user:${userId}`)}::bigint)`)
  if (!row?.early) throw new Error('a person is changed before anything else in a transaction, or not in it')
}

/** Appends facts about people, who belong to the platform's tenant. Returns the topics to poke after the commit. */
export async function recordPerson(tx: Tx, actorId: string, events: readonly NewEvent[]): Promise<string[]> {
  const { correlationId, traceparent: parent } = causeOfNow()
  const { topics } = await append(
    tx,
    { tenantId: platformTenant, actorId, correlationId, causationId: null, traceparent: traceparent(parent) },
    events,
  )
  return topics
}
