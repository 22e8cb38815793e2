import { sql } from 'drizzle-orm'
import { fromDrizzle, type JobResult, type JobWithMetadata, type PgBoss } from 'pg-boss'
import { type Db, logDb, relayDb, type Tx } from '@/db/client'
import { systemActor } from '@/server/core/actor'
import { AlreadyHandled, type Call, type Claim, enter } from '@/server/core/command'
import { errorCode, rootCause } from '@/server/core/errors'
import type { StoredEvent } from '@/server/core/events'
import { crashPoint } from '@/server/core/faults'
import { open, readEvent, readEvents, UnreadableEvent } from '@/server/core/log'
import { logger } from '@/server/core/logger'
import { deadLetters, handlingFailures, handlingSeconds } from '@/server/core/metrics'
import { allSettled, sent } from '@/server/core/pipeline'
import { traced } from '@/server/core/telemetry'
import { recordDeadLetter } from '@/server/platform/event/record-dead-letter'
import type { Effect, External, Handler, Reaction, Workflow } from './define'
import type { Pointer } from './queues'

type Job = JobWithMetadata<Pointer>
type Opened = { job: Job; event: StoredEvent }

/** The inbox: an effect happens in the transaction that writes this row, so it happens once. */
const inboxKey = (handler: Handler, job: Job) =>
  job.data.replay ? `${handler.name}#${job.data.replay}` : handler.name

const handledBefore = (tx: Db | Tx, handler: Handler, job: Job): Promise<boolean> =>
  sent(
    tx.execute(sql`
      select 1 from handled where handler = ${inboxKey(handler, job)} and event_id = ${job.data.eventId}`),
  ).then((rows) => rows.length > 0)

const record = (tx: Tx, handler: Handler, { job, event }: Opened) =>
  sent(
    tx.execute(sql`
      insert into handled (handler, event_id, tenant_id, attempt)
      values (${inboxKey(handler, job)}, ${event.id}, ${event.tenantId}, ${job.retryCount + 1})`),
  )

/** The rights of the relay again, for what comes after the handler's own work. */
const asRelay = (tx: Tx) => sent(tx.execute(sql`reset role`))

const callFor = (handler: Handler, event: StoredEvent): Omit<Call, 'claim'> => ({
  actor: systemActor(handler.name),
  correlationId: event.correlationId,
  causationId: event.id,
  traceparent: event.traceparent,
})

/** Handles a batch of one queue's jobs and says of each how it went. */
export async function handle(boss: PgBoss, handler: Handler, jobs: Job[]): Promise<JobResult[]> {
  const results: JobResult[] = []
  const opened: Opened[] = []
  const reading = readEvents(
    logDb(),
    jobs.map(({ data }) => data),
  )
  for (const job of jobs) {
    try {
      const row = (await reading).get(job.data.eventId)
      const event = row && (await open(relayDb(), row))
      if (event) opened.push({ job, event })
      else
        results.push({
          id: job.id,
          status: 'completed',
          output: { skipped: row ? 'unknown type' : 'past its retention' },
        })
    } catch (error) {
      results.push(await failed(handler, job, null, error))
    }
  }
  if (isBatch(handler, opened) && (await together(boss, handler, opened)))
    return [...results, ...opened.map(({ job }) => ({ id: job.id, status: 'completed' as const }))]
  // The outside takes its time, and many calls take it together.
  if (handler.kind === 'external')
    return [...results, ...(await Promise.all(opened.map((one) => alone(boss, handler, one))))]
  for (const one of opened) results.push(await alone(boss, handler, one))
  return results
}

const isBatch = (handler: Handler, opened: Opened[]): handler is Effect =>
  handler.kind === 'effect' && opened.length > 1 && !opened.some(({ job }) => job.data.replay)

/** All effects of a batch in one transaction; if any fails, none happened and each is tried alone. */
async function together(boss: PgBoss, handler: Effect, batch: Opened[]): Promise<boolean> {
  const end = handlingSeconds.startTimer({ handler: handler.name })
  try {
    await relayDb().transaction(async (tx) => {
      const fresh = await recordAll(tx, handler, batch)
      const actor = systemActor(handler.name)
      const asked: Promise<unknown>[] = []
      try {
        let tenant: string | null = null
        for (const { event } of fresh) {
          if (event.tenantId !== tenant)
            asked.push(enter(tx, event.tenantId, { actor, claim: tenant === null ? asApp : undefined }))
          tenant = event.tenantId
          await handler.run(tx, event)
        }
        const ids = batch.map(({ job }) => job.id)
        asked.push(asRelay(tx), boss.complete(handler.name, ids, null, { db: fromDrizzle(tx, sql) }))
      } finally {
        await allSettled(asked)
      }
    })
    end({ outcome: 'ok' })
    return true
  } catch (error) {
    end({ outcome: 'split' })
    logger().debug({ handler: handler.name, err: error }, 'batch failed; each goes alone')
    return false
  }
}

/** Returns what was not handled before, each tenant's together, so that the transaction becomes each tenant's once. */
async function recordAll(tx: Tx, handler: Effect, batch: Opened[]): Promise<Opened[]> {
  const rows = batch.map(({ job, event }) => ({
    id: event.id,
    tenant: event.tenantId,
    attempt: job.retryCount + 1,
  }))
  const recorded = await tx.execute<{ event_id: string }>(sql`
    insert into handled (handler, event_id, tenant_id, attempt)
    select ${handler.name}, x.id, x.tenant, x.attempt
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(id uuid, tenant uuid, attempt int)
    order by x.id
    on conflict do nothing returning event_id`)
  const fresh = new Set(recorded.map(({ event_id }) => event_id))
  const byTenant = Map.groupBy(
    batch.filter(({ event }) => fresh.has(event.id)),
    ({ event }) => event.tenantId,
  )
  return [...byTenant.values()].flat()
}

/** Only its presence matters to `enter`: the relay becomes the app, once a transaction, for the handler's own statements. */
const asApp: Claim = {
  get db() {
    return relayDb()
  },
  take: async () => true,
  settle: async () => {},
}

async function alone(boss: PgBoss, handler: Handler, one: Opened): Promise<JobResult> {
  const { job, event } = one
  const end = handlingSeconds.startTimer({ handler: handler.name })
  try {
    await traced(
      `handle ${handler.name}`,
      {
        'slotwise.handler': handler.name,
        'slotwise.event': event.type,
        'slotwise.correlation': event.correlationId,
      },
      () => runOne(boss, handler, one),
      event.traceparent,
    )
    end({ outcome: 'ok' })
    return { id: job.id, status: 'completed' }
  } catch (error) {
    if (error instanceof AlreadyHandled || isInboxConflict(error)) {
      end({ outcome: 'duplicate' })
      return { id: job.id, status: 'completed' }
    }
    end({ outcome: 'failed' })
    return failed(handler, job, event, error)
  }
}

function runOne(boss: PgBoss, handler: Handler, one: Opened): Promise<void> {
  switch (handler.kind) {
    case 'effect':
      return runEffect(boss, handler, one)
    case 'reaction':
      return runReaction(boss, handler, one)
    case 'workflow':
      return runWorkflow(boss, handler, one)
    case 'external':
      return runExternal(boss, handler, one)
  }
}

async function runExternal(boss: PgBoss, handler: External, one: Opened): Promise<void> {
  if (await handledBefore(relayDb(), handler, one.job)) throw new AlreadyHandled()
  const { retryCount, retryLimit } = one.job
  const which = { attempt: retryCount + 1, last: retryCount >= retryLimit }
  const record = await handler.run(one.event, callFor(handler, one.event), which)
  if (record) crashPoint('outside-called')
  await claimed(boss, handler, one, record ?? (async () => {}))
}

async function runWorkflow(boss: PgBoss, handler: Workflow, one: Opened): Promise<void> {
  if (await handledBefore(relayDb(), handler, one.job)) throw new AlreadyHandled()
  const last = one.job.retryCount >= one.job.retryLimit
  await handler.run(one.event, callFor(handler, one.event), { last })
  await relayDb().transaction((tx) => settle(boss, handler, one, tx))
}

/** Two deliveries at once: the other one's transaction won the inbox row. */
const isInboxConflict = (error: unknown) =>
  errorCode(error) === '23505' &&
  String((error as { cause?: { table_name?: string } }).cause?.table_name) === 'handled'

async function runEffect(boss: PgBoss, handler: Effect, one: Opened): Promise<void> {
  await relayDb().transaction(async (tx) => {
    const [before] = await allSettled([
      handledBefore(tx, handler, one.job),
      enter(tx, one.event.tenantId, { actor: systemActor(handler.name), claim: asApp }),
    ])
    if (before) throw new AlreadyHandled()
    await handler.run(tx, one.event)
    await settle(boss, handler, one, tx)
  })
}

const runReaction = (boss: PgBoss, handler: Reaction, one: Opened): Promise<void> =>
  claimed(boss, handler, one, (call) => handler.run(one.event, call))

/** The work of one verb, the inbox row and the job's completion: all of it or nothing. */
async function claimed(
  boss: PgBoss,
  handler: Handler,
  one: Opened,
  work: (call: Call) => Promise<unknown>,
): Promise<void> {
  let settled = false
  const claim: Claim = {
    get db() {
      return relayDb()
    },
    take: async (tx) => !(await handledBefore(tx, handler, one.job)),
    settle: async (tx) => {
      await settle(boss, handler, one, tx)
      settled = true
    },
  }
  await work({ ...callFor(handler, one.event), claim })
  // It found nothing to do: that too is remembered.
  if (!settled) await relayDb().transaction((tx) => settle(boss, handler, one, tx))
}

async function settle(boss: PgBoss, handler: Handler, one: Opened, tx: Tx): Promise<void> {
  await allSettled([
    asRelay(tx),
    record(tx, handler, one),
    boss.complete(handler.name, one.job.id, null, { db: fromDrizzle(tx, sql) }),
  ])
}

/** Kept in the audit trail; on the last attempt, or at once where no retry can help, a dead letter. */
async function failed(
  handler: Handler,
  job: Job,
  event: StoredEvent | null,
  error: unknown,
): Promise<JobResult> {
  const cause = rootCause(error)
  const message = cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 2000) : String(cause)
  const hopeless = error instanceof UnreadableEvent
  const last = hopeless || job.retryCount >= job.retryLimit
  handlingFailures.inc({ handler: handler.name })
  logger().warn(
    { handler: handler.name, eventId: job.data.eventId, attempt: job.retryCount + 1, last, err: error },
    'handling failed',
  )
  const row = event ? null : await readEvent(relayDb(), job.data.eventId, job.data.recordedAt)
  const tenantId = event?.tenantId ?? row?.tenant_id
  if (tenantId) {
    await relayDb().execute(sql`
      insert into handling_failure (handler, event_id, tenant_id, attempt, error)
      values (${handler.name}, ${job.data.eventId}, ${tenantId}, ${job.retryCount + 1}, ${message})`)
    if (last) {
      deadLetters.inc({ handler: handler.name })
      if (event && handler.kind === 'external') await handler.giveUp(event, error, callFor(handler, event))
      await recordDeadLetter.execute(
        {
          originalEventId: job.data.eventId,
          originalType: event?.type ?? row?.type ?? 'unknown',
          originalTenantId: tenantId,
          handler: handler.name,
          error: message,
          retryCount: job.retryCount,
        },
        {
          actor: systemActor(handler.name),
          correlationId: event?.correlationId ?? row?.correlation_id ?? job.data.eventId,
          causationId: job.data.eventId,
        },
      )
    }
  }
  return { id: job.id, status: hopeless ? 'deadletter' : 'failed', output: { message } }
}
