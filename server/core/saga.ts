import { sql } from 'drizzle-orm'
import { relayDb } from '@/db/client'
import type { Call } from './command'
import { isRefusal } from './errors'
import { crashPoint } from './faults'

type Values = Record<string, unknown>

export type Step<D extends Values> = {
  name: string
  /** Calls one verb with the key it is given, and returns what later steps need. Repeating it must be harmless. */
  run(data: D, call: Call): Promise<Partial<D>>
  undo?(data: D, call: Call): Promise<void>
}

export type SagaDefinition<D extends Values> = {
  name: string
  steps: readonly Step<D>[]
  /** Told once everything done so far was undone. */
  compensated(undone: string[], error: string, call: Call): Promise<void>
}

type Row = {
  status: 'running' | 'compensating' | 'done' | 'compensated'
  step: number
  version: number
  data: Values
  undo: number[]
  error: string | null
}

/**
 * Runs a workflow from where it stands. Each step is a transaction of its own with an idempotency key of its own, so a
 * crash anywhere repeats at most what repeats harmlessly. A refusal, or the last failed attempt, undoes what was done,
 * backwards.
 */
export async function runSaga<D extends Values>(
  definition: SagaDefinition<D>,
  key: string,
  tenantId: string,
  start: D,
  call: Call,
  { last }: { last: boolean },
): Promise<'done' | 'compensated'> {
  let row = await load(definition.name, key, tenantId, start)
  while (row.status === 'running' && row.step < definition.steps.length) {
    const step = definition.steps[row.step] as Step<D>
    try {
      crashPoint(`${definition.name}.${step.name}.before`)
      const more = await step.run(row.data as D, {
        ...call,
        idempotencyKey: `${definition.name}:${key}:${step.name}`,
      })
      crashPoint(`${definition.name}.${step.name}.after`)
      const undo = step.undo ? [...row.undo, row.step] : row.undo
      row = await save(definition.name, key, tenantId, row, {
        step: row.step + 1,
        data: { ...row.data, ...more },
        undo,
      })
    } catch (error) {
      if (!isRefusal(error) && !last) throw error
      const message = error instanceof Error ? error.message : String(error)
      row = await save(definition.name, key, tenantId, row, { status: 'compensating', error: message })
    }
  }
  if (row.status === 'running') row = await save(definition.name, key, tenantId, row, { status: 'done' })
  if (row.status === 'compensating') row = await compensate(definition, key, tenantId, row, call)
  return row.status === 'done' ? 'done' : 'compensated'
}

async function compensate<D extends Values>(
  definition: SagaDefinition<D>,
  key: string,
  tenantId: string,
  from: Row,
  call: Call,
): Promise<Row> {
  let row = from
  const done = definition.steps.slice(0, row.step).filter((s) => s.undo)
  for (let index = row.undo.at(-1); index !== undefined; index = row.undo.at(-1)) {
    const step = definition.steps[index] as Step<D>
    crashPoint(`${definition.name}.${step.name}.undo.before`)
    await step.undo?.(row.data as D, {
      ...call,
      idempotencyKey: `${definition.name}:${key}:${step.name}:undo`,
    })
    crashPoint(`${definition.name}.${step.name}.undo.after`)
    row = await save(definition.name, key, tenantId, row, { undo: row.undo.slice(0, -1) })
  }
  await definition.compensated(done.map((s) => s.name).reverse(), row.error ?? '', {
    ...call,
    idempotencyKey: `${definition.name}:${key}:compensated`,
  })
  return save(definition.name, key, tenantId, row, { status: 'compensated' })
}

async function load(name: string, key: string, tenantId: string, start: Values): Promise<Row> {
  await relayDb().execute(sql`
    insert into saga (tenant_id, name, key, status, step, version, data, undo, updated_at)
    values (${tenantId}, ${name}, ${key}, 'running', 0, 1, ${JSON.stringify(start)}::text::jsonb, '[]'::jsonb, clock_timestamp())
    on conflict do nothing`)
  const [row] = await relayDb().execute<Row>(sql`
    select status, step, version, data, undo, error from saga where tenant_id = ${tenantId} and name = ${name} and key = ${key}`)
  if (!row) throw new Error(`workflow ${name} ${key} has no state`)
  return row
}

/** Only whoever read the newest state may write the next: two deliveries of one event cannot both advance it. */
async function save(
  name: string,
  key: string,
  tenantId: string,
  row: Row,
  change: Partial<Row>,
): Promise<Row> {
  const next = { ...row, ...change, version: row.version + 1 }
  const written = await relayDb().execute(sql`
    update saga set status = ${next.status}, step = ${next.step}, version = ${next.version}, error = ${next.error},
      data = ${JSON.stringify(next.data)}::text::jsonb, undo = ${JSON.stringify(next.undo)}::text::jsonb, updated_at = clock_timestamp()
    where tenant_id = ${tenantId} and name = ${name} and key = ${key} and version = ${row.version} returning 1`)
  if (written.length === 0) throw new Error(`workflow ${name} ${key} was advanced elsewhere`)
  return next
}
