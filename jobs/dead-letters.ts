import { sql } from 'drizzle-orm'
import { fromDrizzle, type JobWithMetadata, type PgBoss } from 'pg-boss'
import { z } from 'zod'
import { relayDb, type Tx } from '@/db/client'
import { type Actor, systemActor } from '@/server/core/actor'
import type { Call, Claim } from '@/server/core/command'
import { isRefusal, refuse } from '@/server/core/errors'
import { discardEvent } from '@/server/platform/event/discard'
import { redriveEvent } from '@/server/platform/event/redrive'
import { deadLetterQueue, type Pointer } from './queues'

/** A handler gave up on an event: which, when, why, and whether its work was done all the same. */
export type DeadLetter = {
  /** The job's own id in the dead-letter queue. */
  id: string
  handler: string
  deadAt: string
  attempts: number
  error: string
  /** Set when the work is done: by a delivery that was believed lost. To redrive it does nothing. */
  handledAt: string | null
  eventId: string
  recordedAt: string
  /** Null once the event is past its retention. */
  event: {
    type: string
    aggregateType: string
    aggregateId: string
    tenantId: string
    correlationId: string
  } | null
}

export type Filter = { handler?: string; ids?: readonly string[] }

/** Oldest first. */
export async function listDeadLetters(boss: PgBoss, { handler, ids }: Filter = {}): Promise<DeadLetter[]> {
  if (!(await boss.getQueue(deadLetterQueue))) return []
  const jobs = (await boss.findJobs<Pointer>(deadLetterQueue, { queued: true }))
    .filter((job) => (!handler || job.sourceName === handler) && (!ids || ids.includes(job.id)))
    .sort((a, b) => a.createdOn.getTime() - b.createdOn.getTime() || a.id.localeCompare(b.id))
  const known = await whatIsKnown(jobs)
  return jobs.map((job) => letterOf(job, known.get(job.id)))
}

type Known = { id: string; event: DeadLetter['event']; handled_at: string | null }

async function whatIsKnown(jobs: JobWithMetadata<Pointer>[]): Promise<Map<string, Known>> {
  if (jobs.length === 0) return new Map()
  const wanted = jobs.map(({ id, data, sourceName }) => ({
    id,
    event: data.eventId,
    at: data.recordedAt,
    handler: inboxKey(sourceName, data),
  }))
  const rows = await relayDb().execute<Known>(sql`
    select j.id, case when e.id is not null then jsonb_build_object('type', e.type, 'aggregateType', e.aggregate_type,
             'aggregateId', e.aggregate_id, 'tenantId', e.tenant_id, 'correlationId', e.correlation_id) end as event,
           to_char(h.handled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as handled_at
    from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as j(id uuid, event uuid, at timestamptz, handler text)
    left join event_log e on e.id = j.event and e.recorded_at = j.at
    left join handled h on h.event_id = j.event and h.handler = j.handler`)
  return new Map(rows.map((row) => [row.id, row]))
}

const inboxKey = (handler: string | null, { replay }: Pointer) => (replay ? `${handler}#${replay}` : handler)

const letterOf = (job: JobWithMetadata<Pointer>, known?: Known): DeadLetter => ({
  id: job.id,
  handler: job.sourceName ?? 'unknown',
  deadAt: job.createdOn.toISOString(),
  attempts: (job.sourceRetryCount ?? 0) + 1,
  error: errorOf(job.sourceOutput),
  handledAt: known?.handled_at ?? null,
  eventId: job.data.eventId,
  recordedAt: job.data.recordedAt,
  event: known?.event ?? null,
})

function errorOf(output: object | null): string {
  const said = output as { message?: unknown; value?: { message?: unknown } } | null
  const message = said?.message ?? said?.value?.message
  return typeof message === 'string' ? message : JSON.stringify(output)
}

export type Attempt = { attempt: number; failedAt: string; error: string }

/** Every failure of this event in this handler, as the audit trail has it. */
export async function attemptsOf({ handler, eventId }: DeadLetter): Promise<Attempt[]> {
  const rows = await relayDb().execute<Attempt>(sql`
    select attempt, error, to_char(failed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "failedAt"
    from handling_failure where handler = ${handler} and event_id = ${eventId} order by id`)
  return [...rows]
}

/** `gone`: somebody else was faster. Nothing was done for those. */
export type Outcome = { done: DeadLetter[]; gone: DeadLetter[] }

const commandLine = systemActor('command-line')

/**
 * Puts each back into its handler's queue as a new job about the same event, each in a transaction of its own with the
 * fact that it was. The inbox decides as ever: what was handled meanwhile is not handled again.
 */
export const redrive = (
  boss: PgBoss,
  letters: readonly DeadLetter[],
  actor = commandLine,
): Promise<Outcome> =>
  each(letters, (letter) =>
    redriveEvent.execute(
      { originalEventId: letter.eventId, handler: letter.handler },
      callFor(letter, actor, async (tx) => {
        const moved = await boss.redrive(deadLetterQueue, { ids: [letter.id], db: fromDrizzle(tx, sql) })
        if (moved !== 1) refuse('conflict', gone)
      }),
    ),
  )

export const discard = (
  boss: PgBoss,
  letters: readonly DeadLetter[],
  reason: string,
  actor = commandLine,
): Promise<Outcome> =>
  each(letters, (letter) =>
    discardEvent.execute(
      { originalEventId: letter.eventId, handler: letter.handler, reason },
      callFor(letter, actor, async (tx) => {
        const answer = await boss.deleteJob(deadLetterQueue, letter.id, { db: fromDrizzle(tx, sql) })
        if (settled.parse(answer).affected !== 1) refuse('conflict', gone)
      }),
    ),
  )

const gone = 'dead_letter_gone'
const settled = z.object({ affected: z.int() })

async function each(
  letters: readonly DeadLetter[],
  act: (letter: DeadLetter) => Promise<void>,
): Promise<Outcome> {
  const outcome: Outcome = { done: [], gone: [] }
  for (const letter of letters) {
    try {
      await act(letter)
      outcome.done.push(letter)
    } catch (error) {
      if (!isRefusal(error) || error.code !== gone) throw error
      outcome.gone.push(letter)
    }
  }
  return outcome
}

/** The queue moves after the fact is appended, since the log's row has to be the transaction's first write. */
function callFor(letter: DeadLetter, actor: Actor, settle: (tx: Tx) => Promise<void>): Call {
  const claim: Claim = {
    get db() {
      return relayDb()
    },
    take: async () => true,
    settle: async (tx) => {
      await tx.execute(sql`reset role`)
      await settle(tx)
    },
  }
  const correlationId = letter.event?.correlationId ?? letter.eventId
  return { actor, correlationId, causationId: letter.eventId, claim }
}
