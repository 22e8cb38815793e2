import { closePools } from '@/db/client'
import { systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { handlerNames, happen } from './lib/happening'
import { type Bench, below, measure } from './lib/measure'
import { pause, percentile, until } from './lib/statistics'

const perSecond = 50
const warmUp = 2
const seconds = 12

export const eventsLatency: Bench = {
  name: 'events.latency',
  about: `from the commit of an event to the commit of each of its ${handlerNames.length} handlers' effects in another process, at ${perSecond} events/s`,
  floor: 'none',
  async run(stage) {
    await stage.clear()
    const { owner, env } = await stage.database('latency')
    await stage.child('handling', 'bench/handling.mjs', env, { as: 'worker' }).ready()
    const began = Date.now()
    const committed: Promise<void>[] = []
    for (let n = 0; n < (warmUp + seconds) * perSecond; n++) {
      // At random moments, as people come: an even beat could fall in step with a timer of ours.
      const due = began + ((n + Math.random()) * 1000) / perSecond
      await pause(Math.max(0, due - Date.now()))
      committed.push(happen.execute({ id: newId(), n }, newCall(systemActor('bench'))))
    }
    await Promise.all(committed)
    const wanted = committed.length * handlerNames.length
    await until(
      async () => {
        const [done] = await owner<{ n: number }[]>`select count(*)::int as n from handled`
        return done?.n === wanted
      },
      30_000,
      'the handlers',
    )
    const rows = await owner<{ ms: number }[]>`
      select extract(epoch from pg_xact_commit_timestamp(h.xmin) - pg_xact_commit_timestamp(e.xid::text::xid))::float8 * 1000 as ms
      from handled h join event_log e on e.id = h.event_id
      where e.type = 'bench.thing.happened.v1' and (e.data ->> 'n')::int >= ${warmUp * perSecond}`
    const sample = rows.map(({ ms }) => ms)
    await closePools()
    return [
      measure('events.latency', { value: percentile(sample, 0.5), unit: 'ms', goal: below(30, 'ms') }),
      measure('events.latency.p95', { value: percentile(sample, 0.95), unit: 'ms', goal: below(100, 'ms') }),
    ]
  },
}
