import { sql } from 'drizzle-orm'
import { relayDb, type Tx } from '@/db/client'
import type { Projection, Standing } from '@/server/core/projection'
import { alone } from './alone'
import { ensureCursor } from './reader'

export const cursorOf = (name: string, generation: number): string => `projection:${name}:${generation}`

const batch = 500

type Making = {
  catchUp(generation: number): Promise<void>
  standing(
    tx: Tx,
    projection: Projection,
    generation: number,
    states: readonly (Standing & { base: number })[],
  ): Promise<void>
  signal?: AbortSignal
}

/** The new generation grows beside the live one, from the snapshots on; what is read changes in one transaction. */
export async function rebuildAlone(projection: Projection, making: Making): Promise<number | null> {
  const done = await alone(`projection:${projection.name}`, async () => {
    const generation = await begin(projection)
    await fromSnapshots(projection, generation, making)
    do {
      making.signal?.throwIfAborted()
      await making.catchUp(generation)
    } while (!(await swap(projection.name, generation)))
    await discardAllBut(projection, [generation])
    return generation
  })
  return done?.result ?? null
}

/** A number of its own, and a cursor that keeps what it has yet to read from being dropped. */
async function begin(projection: Projection): Promise<number> {
  const { name } = projection
  const [row] = await relayDb().execute<{ live: number; building: number }>(sql`
    insert into projection as p (name, live, building) values (${name}, 0, 1)
    on conflict (name) do update set building = greatest(p.live, coalesce(p.building, 0)) + 1
    returning live, building`)
  if (!row) throw new Error(`projection ${name} could not be begun`)
  await ensureCursor(cursorOf(name, row.building))
  await discardAllBut(projection, [row.live, row.building])
  return row.building
}

/** What the log no longer tells is in the snapshots. */
async function fromSnapshots(
  projection: Projection,
  generation: number,
  { standing, signal }: Making,
): Promise<void> {
  let last = {
    tenantId: '00000000-0000-0000-0000-000000000000',
    type: '',
    id: '00000000-0000-0000-0000-000000000000',
  }
  for (;;) {
    signal?.throwIfAborted()
    const rows = await relayDb().execute<Standing & { base: number }>(sql`
      select tenant_id as "tenantId", type, id, version, version as base, state from snapshot
      where type = any(${sql.param([...projection.of])}::text[]) and (tenant_id, type, id) > (${last.tenantId}::uuid, ${last.type}, ${last.id}::uuid)
      order by tenant_id, type, id limit ${batch}`)
    const end = rows.at(-1)
    if (!end) return
    await relayDb().transaction((tx) => standing(tx, projection, generation, [...rows]))
    last = end
  }
}

/** False while the new generation has seen less than the live one: no reader may be taken back in time. */
async function swap(name: string, generation: number): Promise<boolean> {
  return relayDb().transaction(async (tx) => {
    const [row] = await tx.execute<{ live: number; building: number | null }>(
      sql`select live, building from projection where name = ${name} for update`,
    )
    if (row?.building !== generation) throw new Error(`projection ${name} was begun anew by another process`)
    const [old, made] = [cursorOf(name, row.live), cursorOf(name, generation)]
    // Waits for a reader in the middle of its turn.
    await tx.execute(sql`select 1 from log_cursor where name in (${old}, ${made}) order by name for update`)
    const [seen] = await tx.execute<{ enough: boolean }>(sql`
      select coalesce((n.epoch, n.xid::xid8, n.pos) >= (o.epoch, o.xid::xid8, o.pos), true) as enough
      from log_cursor n left join log_cursor o on o.name = ${old} where n.name = ${made}`)
    if (!seen) throw new Error(`projection ${name} lost its cursor`)
    if (!seen.enough) return false
    await tx.execute(sql`update projection set live = ${generation}, building = null where name = ${name}`)
    await tx.execute(sql`delete from log_cursor where name = ${old}`)
    return true
  })
}

/** Whatever other generations left, also those of a process that died at it; some rows at a time. */
async function discardAllBut(projection: Projection, keep: number[]): Promise<void> {
  const { name } = projection
  const kept = keep.map((generation) => cursorOf(name, generation))
  await relayDb().execute(sql`
    delete from log_cursor where starts_with(name, ${`projection:${name}:`}) and name <> all(${sql.param(kept)}::text[])`)
  const others = await relayDb().execute<{ generation: number }>(sql`
    select distinct generation from projection_state
    where projection = ${name} and generation <> all(${sql.param(keep)}::int[])`)
  for (const { generation } of others) {
    while ((await projection.discard(relayDb(), generation, 1000)) > 0);
    while ((await discardStates(name, generation)) > 0);
  }
}

async function discardStates(name: string, generation: number): Promise<number> {
  const rows = await relayDb().execute(sql`
    delete from projection_state where projection = ${name} and generation = ${generation} and (tenant_id, type, id) in (
      select tenant_id, type, id from projection_state where projection = ${name} and generation = ${generation} limit 1000)
    returning 1`)
  return rows.length
}
