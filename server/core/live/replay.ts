import { sql } from 'drizzle-orm'
import { logDb, relayDb } from '@/db/client'
import { errorCode } from '../errors'
import type { Position } from '../events'
import { type LogRow, readLog } from '../log'
import { logger } from '../logger'
import { LiveEvent } from './event'
import type { Feed } from './feed'
import type { ResetReason } from './frame'
import { formatPosition, parsePosition } from './position'

type Reset = { reset: ResetReason }

export type ReplayLimits = {
  /** More than this many events of its topics, and re-reading everything is cheaper. */
  mostEvents: number
  /** How many rows of the log one reader may make us look through. */
  mostScanned: number
  withinHours: number
}

/** What a reader missed since the id it says it had last; or why it must start over. */
export async function missedSince(
  lastEventId: string,
  topics: readonly string[],
  feed: Feed,
  limits: ReplayLimits,
): Promise<{ events: LiveEvent[]; to: Position } | Reset> {
  const from = parsePosition(lastEventId)
  if (!from) return { reset: 'unknown' }
  if (lastEventId === formatPosition(feed.position)) return { events: [], to: from }
  if (!feed.covers(from)) return { reset: 'behind' }
  try {
    const found = await replay(from, topics, limits)
    if ('reset' in found) return found
    const events = found.rows.map((row) => LiveEvent.of(row)).filter((event) => event !== null)
    return { events, to: found.rows.at(-1) ?? from }
  } catch (error) {
    logger().warn({ code: errorCode(error), err: error }, 'a stream could not be replayed')
    return { reset: 'behind' }
  }
}

type Standing = { ours: boolean; recorded_at: string | null; far: boolean }

/** Events of these topics after a position, in order, settled ones only. */
async function replay(
  from: Position,
  topics: readonly string[],
  limits: ReplayLimits,
): Promise<{ rows: LogRow[] } | Reset> {
  const { epoch, xid, pos } = from
  const after = sql`(${epoch}, ${xid}::xid8, ${pos}::bigint)`
  const kept = sql`recorded_at > clock_timestamp() - ${`${limits.withinHours} hours`}::interval`
  const [at] = await relayDb().execute<Standing>(sql`
    select ${epoch} = (select max(epoch) from log_epoch) and ${xid}::xid8 < pg_snapshot_xmin(pg_current_snapshot()) as ours,
      (select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from event_log
       where (epoch, xid, pos) <= ${after} and ${kept} order by epoch desc, xid desc, pos desc limit 1) as recorded_at,
      exists (select 1 from (select 1 from event_log
        where (epoch, xid, pos) > ${after} and ${kept} order by epoch, xid, pos offset ${limits.mostScanned} limit 1) x) as far`)
  if (!at?.ours) return { reset: 'unknown' }
  if (at.recorded_at === null) return { reset: 'expired' }
  if (at.far) return { reset: 'behind' }
  const cursor = { ...from, recordedAt: at.recorded_at }
  const rows = await readLog(
    logDb(),
    cursor,
    limits.mostEvents + 1,
    sql`topics && ${sql.param([...topics])}::text[]`,
  )
  return rows.length > limits.mostEvents ? { reset: 'behind' } : { rows }
}
