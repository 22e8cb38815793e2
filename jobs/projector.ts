import '@/server/events'
import '@/server/aggregates'
import { sql } from 'drizzle-orm'
import { relayDb, type Tx } from '@/db/client'
import { listing } from '@/server/business/provider/projection'
import { BrokenHistory, type Folded, fold } from '@/server/core/fold'
import type { LogRow } from '@/server/core/log'
import type { Projection, Standing } from '@/server/core/projection'
import { type Loop, onGrowth, readOnce } from './reader'
import { cursorOf, rebuildAlone } from './rebuild'

export const projections: readonly Projection[] = [listing]

const batch = 500

/** Keeps every projection in step with the log; one that was never made is made first. */
export function startProjector(list: readonly Projection[] = projections): Loop[] {
  return list.map((projection) => {
    const stopping = new AbortController()
    const loop = onGrowth(`projection:${projection.name}`, batch, () => advance(projection, stopping.signal))
    return {
      wake: loop.wake,
      stop: () => {
        stopping.abort()
        return loop.stop()
      },
    }
  })
}

async function advance(projection: Projection, signal: AbortSignal): Promise<number> {
  const live = await liveGeneration(projection.name)
  if (live > 0) return projectOnce(projection, live)
  await rebuild(projection.name, [projection], signal)
  return 0
}

/** Makes a projection anew beside the one in use, and swaps. Null where another process is at it already. */
export async function rebuild(
  name: string,
  list: readonly Projection[] = projections,
  signal?: AbortSignal,
): Promise<number | null> {
  const projection = list.find((p) => p.name === name)
  if (!projection)
    throw new Error(`There is no projection ${name}; there are ${list.map((p) => p.name).join(', ')}.`)
  const catchUp = async (generation: number) => {
    while ((await projectOnce(projection, generation)) === batch) signal?.throwIfAborted()
  }
  return rebuildAlone(projection, { catchUp, standing: keep, signal })
}

async function liveGeneration(name: string): Promise<number> {
  const [row] = await relayDb().execute<{ live: number }>(
    sql`select live from projection where name = ${name}`,
  )
  return row?.live ?? 0
}

/** Reads on where this generation stands. Returns how many events it took. */
export const projectOnce = (projection: Projection, generation: number, limit = batch): Promise<number> =>
  readOnce(cursorOf(projection.name, generation), limit, (tx, rows) => take(tx, projection, generation, rows))

type Seen = Folded & { base: number }

async function take(
  tx: Tx,
  projection: Projection,
  generation: number,
  rows: readonly LogRow[],
): Promise<void> {
  const own = Map.groupBy(
    rows.filter((row) => projection.of.includes(row.aggregate_type)),
    (row) => `${row.aggregate_type} ${row.aggregate_id}`,
  )
  if (own.size === 0) return
  const before = await seen(
    tx,
    projection.name,
    generation,
    [...own.values()].map((events) => events[0] as LogRow),
  )
  const changed: (Standing & { base: number })[] = []
  for (const [key, events] of own) {
    const start = before.get(key) ?? { version: 0, base: 0, state: null }
    const news = events.filter((event) => event.version > start.base)
    const [first] = news
    if (!first) continue
    if (first.version !== start.version + 1)
      throw new BrokenHistory(
        `${projection.name} saw ${key} at version ${start.version}; the log goes on with ${first.version}`,
      )
    const { tenant_id: tenantId, aggregate_type: type, aggregate_id: id } = first
    changed.push({ tenantId, type, id, ...fold(news, start), base: start.base })
  }
  await keep(tx, projection, generation, changed)
}

async function seen(tx: Tx, name: string, generation: number, of: LogRow[]): Promise<Map<string, Seen>> {
  const wanted = of.map((row) => ({ tenant: row.tenant_id, type: row.aggregate_type, id: row.aggregate_id }))
  const rows = await tx.execute<{ type: string; id: string } & Seen>(sql`
    select s.type, s.id, s.version, s.base, s.state
    from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as w(tenant uuid, type text, id uuid)
    join projection_state s on s.projection = ${name} and s.generation = ${generation}
      and s.tenant_id = w.tenant and s.type = w.type and s.id = w.id`)
  return new Map(rows.map(({ type, id, ...at }) => [`${type} ${id}`, at]))
}

/** The states first, then the rows that follow from them. */
async function keep(
  tx: Tx,
  projection: Projection,
  generation: number,
  changed: readonly (Standing & { base: number })[],
): Promise<void> {
  if (changed.length === 0) return
  await tx.execute(sql`
    insert into projection_state as s (projection, generation, tenant_id, type, id, version, base, state)
    select ${projection.name}, ${generation}, c."tenantId", c.type, c.id, c.version, c.base, c.state
    from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb)
      as c("tenantId" uuid, type text, id uuid, version int, base int, state jsonb)
    on conflict (projection, generation, tenant_id, type, id) do update set version = excluded.version, state = excluded.state`)
  await projection.project(tx, changed, generation)
}
