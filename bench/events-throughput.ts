import type postgres from 'postgres'
import { pokeChannel } from '@/server/core/live/poke'
import { handlerNames } from './lib/happening'
import { type Bench, measure, ratioAtLeast } from './lib/measure'
import { interleaved, median, until } from './lib/statistics'

const events = 2500
const rounds = 6
const perInsert = 500

export const eventsThroughput: Bench = {
  name: 'events.throughput',
  about: `${events} committed events, each handled by ${handlerNames.length} handlers with effects once`,
  floor: 'pg-boss alone doing as many jobs in as many queues, in batches of the same size',
  async run(stage) {
    await stage.clear()
    const ours = await stage.database('events')
    const handling = stage.child('handling', 'bench/handling.mjs', ours.env, { as: 'worker' })
    const theirs = await stage.database('jobs')
    const boss = stage.child('boss', 'bench/boss.mjs', theirs.env)
    await Promise.all([handling.ready(), boss.ready()])
    const taken = await interleaved(rounds, {
      app: () => handleAll(ours.owner),
      boss: async () => {
        const [before] = await theirs.owner<
          { at: number }[]
        >`select extract(epoch from clock_timestamp())::float8 as at`
        await boss.peer.ask('work', { events, perInsert })
        await until(
          async () => {
            const [left] = await theirs.owner<
              { n: number }[]
            >`select count(*)::int as n from pgboss.job where state < 'completed'`
            return left?.n === 0
          },
          30_000,
          'the queues',
        )
        const [after] = await theirs.owner<
          { at: number }[]
        >`select extract(epoch from max(completed_on))::float8 as at from pgboss.job`
        return events / ((after?.at ?? 0) - (before?.at ?? 0))
      },
    })
    const floor = median(taken.boss)
    return [
      measure('events.throughput', {
        value: median(taken.app),
        unit: 'events/s',
        floor,
        goal: ratioAtLeast(0.8),
      }),
    ]
  },
}

/** Events per second, from the moment all are committed and the dispatcher may begin until the last effect has. */
async function handleAll(owner: postgres.Sql): Promise<number> {
  const [before] = await owner<{ n: number }[]>`select count(*)::int as n from handled`
  const wanted = (before?.n ?? 0) + events * handlerNames.length
  const released = await owner.begin(async (tx) => {
    // The dispatcher passes over a cursor that somebody else holds.
    await tx`select 1 from log_cursor where name = 'dispatch' for update`
    for (let n = 0; n < events; n += perInsert) await append(owner, perInsert)
    const [row] = await tx<{ xid: string }[]>`select pg_current_xact_id()::text as xid`
    return row?.xid ?? '0'
  })
  await owner.notify(pokeChannel, '')
  await until(
    async () => {
      const [done] = await owner<{ n: number }[]>`select count(*)::int as n from handled`
      return done?.n === wanted
    },
    60_000,
    'the handlers',
    100,
  )
  const [took] = await owner<{ seconds: number }[]>`
    select extract(epoch from max(pg_xact_commit_timestamp(xmin)) - pg_xact_commit_timestamp(${released}::text::xid))::float8 as seconds from handled`
  return events / (took?.seconds ?? Number.NaN)
}

/** What as many commands of twenty tenants would have left in the log. */
const append = (owner: postgres.Sql, count: number) => owner`
  with thing as materialized (
         select uuidv7() as id, ('00000000-0000-7000-8000-' || lpad((n % 20)::text, 12, '0'))::uuid as tenant, n
         from generate_series(1, ${count}::int) n),
       head as (insert into aggregate_head select tenant, 'bench.thing', id, 1 from thing)
  insert into event_log (retention, id, type, tenant_id, aggregate_type, aggregate_id, version, correlation_id, actor_id, data)
  select 'y1', uuidv7(), 'bench.thing.happened.v1', tenant, 'bench.thing', id, 1, uuidv7(),
         'system:bench', jsonb_build_object('n', n) from thing`
