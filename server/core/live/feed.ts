import { sql } from 'drizzle-orm'
import { logDb } from '@/db/client'
import type { Position } from '../events'
import { type Cursor, endOfLog } from '../log'
import { comparePositions, endOfTransaction } from './position'

export type FeedRow = Position & {
  type: string
  tenant_id: string
  aggregate_id: string
  version: number
  recorded_at: string
  topics: string[]
  data: Record<string, unknown>
}

type Page = { log_epoch: number; snapshot: string } & (FeedRow | { [K in keyof FeedRow]: null })

export type Read = {
  /** Committed since the last read, in no final order: enough to know that something changed. */
  seen: FeedRow[]
  /** In the log's order, with nothing left that could come before them. */
  settled: FeedRow[]
  /** Too much came at once, or the log is another one: whoever followed must start over. */
  lost: boolean
}

const pageSize = 1000
const pagesAtOnce = 10
const mostWaiting = 20_000

/**
 * Follows the log for one process, in memory. A row is fetched once, when it first becomes visible: those below the
 * oldest running transaction are settled, the others wait here until they are, so that order costs no second read.
 */
export class Feed {
  private waiting: FeedRow[] = []
  private cursor: Cursor = { epoch: 0, xid: '0', pos: '0', recordedAt: '' }
  /** What the last read saw, in PostgreSQL's own words: rows visible in it were fetched. */
  private snapshot = ''
  /** Rows up to here may have passed unread; who resumes from before it must start over. */
  private gap: Position | null = null
  private readings = 0

  get position(): Position {
    return this.cursor
  }

  get started(): boolean {
    return this.snapshot !== ''
  }

  covers(position: Position): boolean {
    return this.gap === null || comparePositions(position, this.gap) >= 0
  }

  /** From now on. What is committed but not yet settled still counts as new. */
  async start(): Promise<void> {
    this.cursor = await endOfLog(logDb())
    const horizon = BigInt(this.cursor.xid) + 1n
    this.snapshot = `${horizon}:${horizon}:`
    this.waiting = []
    this.gap = null
  }

  /** Of two readings at once the older one counts for nothing: its connection was given up on. */
  async read(): Promise<Read> {
    const reading = ++this.readings
    const seen: FeedRow[] = []
    let from: Position = this.cursor
    let until: string | null = null
    for (let page = 1; ; page++) {
      const rows = await this.page(from, until)
      if (reading !== this.readings) throw new Error('another reading overtook this one')
      const first = rows[0]
      if (!first || first.log_epoch !== this.cursor.epoch) {
        await this.start()
        return { seen: [], settled: [], lost: true }
      }
      until ??= first.snapshot
      const found = rows.filter((row) => row.xid !== null) as FeedRow[]
      seen.push(...found)
      const last = found.at(-1)
      if (!last || found.length < pageSize) break
      if (page === pagesAtOnce) return this.skip(seen, until)
      from = last
    }
    this.snapshot = until
    if (this.waiting.length + seen.length > mostWaiting) return this.skip(seen, until)
    return { seen, settled: this.settle(seen, horizonOf(until)), lost: false }
  }

  private settle(seen: FeedRow[], horizon: bigint): FeedRow[] {
    const ordered = this.waiting.length > 0 ? [...this.waiting, ...seen].sort(comparePositions) : seen
    const cut = ordered.findIndex((row) => BigInt(row.xid) >= horizon)
    const settled = cut < 0 ? ordered : ordered.slice(0, cut)
    this.waiting = cut < 0 ? [] : ordered.slice(cut)
    const last = settled.at(-1)
    if (last) {
      let { recordedAt } = this.cursor
      for (const row of settled) if (row.recorded_at > recordedAt) recordedAt = row.recorded_at
      this.cursor = { epoch: last.epoch, xid: last.xid, pos: last.pos, recordedAt }
    }
    return settled
  }

  /** Leaves behind what is visible now; what is not yet settled of it can be resumed from by nobody. */
  private skip(seen: FeedRow[], until: string): Read {
    const [, upper] = until.split(':')
    const end = endOfTransaction(this.cursor.epoch, horizonOf(until) - 1n)
    this.gap = endOfTransaction(this.cursor.epoch, BigInt(upper ?? 0) - 1n)
    this.cursor = { ...end, recordedAt: seen.at(-1)?.recorded_at ?? this.cursor.recordedAt }
    this.waiting = []
    this.snapshot = until
    return { seen, settled: [], lost: true }
  }

  /** Always one row at least, which says what the statement saw. Later pages see no more than the first. */
  private async page(from: Position, until: string | null): Promise<Page[]> {
    const { epoch, xid, pos } = from
    const rows = await logDb().execute<Page>(sql`
      select s.log_epoch, s.snapshot::text as snapshot, e.*
      from (select pg_current_snapshot() as snapshot, (select max(epoch) from log_epoch) as log_epoch) s
      left join lateral (
        select epoch, xid::text as xid, pos::text as pos, type, tenant_id, aggregate_id, version, topics, data,
          to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_at
        from event_log
        where (epoch, xid, pos) > (${epoch}, ${xid}::xid8, ${pos}::bigint)
          and recorded_at > ${this.cursor.recordedAt}::timestamptz - interval '1 hour'
          and not pg_visible_in_snapshot(xid, ${this.snapshot}::pg_snapshot)
          and (${until}::pg_snapshot is null or pg_visible_in_snapshot(xid, ${until}::pg_snapshot))
        order by event_log.epoch, event_log.xid, event_log.pos limit ${pageSize}) e on true`)
    return [...rows]
  }
}

/** A snapshot reads `xmin:xmax:running`; below xmin all has ended. */
const horizonOf = (snapshot: string): bigint => BigInt(snapshot.split(':')[0] ?? 0)
