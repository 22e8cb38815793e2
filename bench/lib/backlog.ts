import type { Database } from './stage'
import { until } from './statistics'

/** Waits until what was written has been handled, so that no turn pays for the one before it. */
export const settled = ({ owner }: Database): Promise<void> =>
  until(
    async () => {
      const [left] = await owner<{ events: boolean; jobs: boolean }[]>`
        select exists (select 1 from log_cursor c join event_log e on (e.epoch, e.xid, e.pos) > (c.epoch, c.xid::xid8, c.pos)
                       where c.name = 'dispatch' and e.recorded_at > c.recorded_at - interval '1 hour') as events,
               exists (select 1 from pgboss.job where state in ('created', 'active') and start_after <= now()) as jobs`
      return !left?.events && !left?.jobs
    },
    60_000,
    'the handlers',
    100,
  )
