import { sql } from 'drizzle-orm'
import { listenTo, logDb, relayDb, type Tx } from '@/db/client'
import { errorCode } from '@/server/core/errors'
import { onPoke, pokeChannel } from '@/server/core/live/poke'
import { after, beginning, type Cursor, type LogRow, readLog } from '@/server/core/log'
import { logger } from '@/server/core/logger'
import { readerLag } from '@/server/core/metrics'

type CursorRow = { epoch: number; xid: string; pos: string; recorded_at: string }

/**
 * Reads the log in order behind a cursor of its own. One transaction holds the cursor, does what follows from the rows and
 * moves on: any number of processes may try, one at a time reads, and what was read twice was rolled back once. Returns how
 * many rows it took.
 */
export async function readOnce(
  name: string,
  limit: number,
  take: (tx: Tx, rows: LogRow[]) => Promise<void>,
): Promise<number> {
  return relayDb().transaction(async (tx) => {
    const [at] = await tx.execute<CursorRow>(sql`
      select epoch, xid, pos::text as pos, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_at
      from log_cursor where name = ${name} for update skip locked`)
    if (!at) return 0
    const cursor: Cursor = { epoch: at.epoch, xid: at.xid, pos: at.pos, recordedAt: at.recorded_at }
    const rows = await readLog(logDb(), cursor, limit)
    const last = rows.at(-1)
    if (!last) return 0
    await take(tx, rows)
    const next = after(last)
    const newest = [cursor.recordedAt, ...rows.map((r) => r.recorded_at)].sort().at(-1)
    await tx.execute(sql`
      update log_cursor set epoch = ${next.epoch}, xid = ${next.xid}, pos = ${next.pos}::bigint, recorded_at = ${newest}::timestamptz
      where name = ${name}`)
    readerLag.set({ reader: name }, Math.max(0, (Date.now() - Date.parse(last.recorded_at)) / 1000))
    return rows.length
  })
}

export async function ensureCursor(name: string, from: Cursor = beginning): Promise<void> {
  await relayDb().execute(sql`
    insert into log_cursor (name, epoch, xid, pos, recorded_at)
    values (${name}, ${from.epoch}, ${from.xid}, ${from.pos}::bigint, ${from.recordedAt}::timestamptz)
    on conflict (name) do nothing`)
}

export type Loop = { wake(): void; stop(): Promise<void> }

const pollMs = 250

/** Runs `turn` whenever the log may have grown: at once after a commit here, by notification from elsewhere, else by poll. */
export function onGrowth(name: string, limit: number, turn: () => Promise<number>): Loop {
  let stopped = false
  let wakeUp: (() => void) | null = null
  let awake = false
  const wake = () => {
    awake = true
    wakeUp?.()
  }
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms)
      function done() {
        clearTimeout(timer)
        wakeUp = null
        resolve()
      }
      wakeUp = done
      if (awake || stopped) done()
    })
  const run = async () => {
    let failures = 0
    while (!stopped) {
      awake = false
      try {
        const taken = await turn()
        failures = 0
        if (taken >= limit) continue
        await rest(pollMs)
      } catch (error) {
        failures++
        logger().warn({ reader: name, code: errorCode(error), err: error }, 'reader failed; trying again')
        awake = false
        await rest(Math.min(5000, pollMs * 2 ** failures))
      }
    }
  }
  const running = run()
  const unpoke = onPoke(wake)
  return {
    wake,
    stop: async () => {
      stopped = true
      unpoke()
      wake()
      await running
    },
  }
}

/** One LISTEN a process. After a reconnect everybody is woken, since notifications meanwhile are lost. */
export const listen = (wake: () => void): Promise<() => Promise<void>> => listenTo(pokeChannel, wake, wake)
