import '@/server/events'
import { relayDb } from '@/db/client'
import { onGrowth } from '@/jobs/reader'
import { config } from '@/server/core/config'
import { isSealed } from '@/server/core/crypto'
import type { StoredEvent } from '@/server/core/events'
import { after, endOfLog, type LogRow, open, readLog, toCloudEvent, UnreadableEvent } from '@/server/core/log'
import { beforeLast, eventsAbout, ofType } from '@/server/platform/event/queries'
import { anId, type Command, exactly, Trouble, UsageError } from './command'
import { remark, say } from './print'

const shown = { private: { type: 'boolean' }, limit: { type: 'string' } } as const

const show: Command = {
  name: 'events show',
  usage: 'ID [--limit N] [--private]',
  about: 'what an event, a correlation or an aggregate id stands for, as CloudEvents, one a line',
  options: shown,
  run: async ({ values, words }) => {
    const [word = ''] = exactly(words, 'the id of an event, a correlation or an aggregate')
    const limit = wholeNumber(values.limit, 1000)
    const id = anId(word)
    const rows = await eventsAbout(id, limit + 1)
    if (rows.length === 0) throw new Trouble(`Nothing in the log has to do with ${id}.`)
    for (const row of rows.slice(0, limit)) await print(row, values.private === true)
    if (rows.length > limit) remark(`There are more than ${limit}: see them with --limit.`)
    return 0
  },
}

const batch = 500

const tail: Command = {
  name: 'events tail',
  usage: '[--follow] [--type booking.appointment] [--limit N] [--private]',
  about: 'the last events (10), as CloudEvents, one a line; --follow waits for more until Ctrl-C',
  options: { ...shown, type: { type: 'string' }, follow: { type: 'boolean', short: 'f' } },
  run: async ({ values, words }) => {
    exactly(words)
    const where = ofType(typeof values.type === 'string' ? values.type : undefined)
    let cursor = await beforeLast(wholeNumber(values.limit, 10), where)
    // Where nothing matched the cursor still moves on, so that following a rare type does not read all again.
    const turn = async () => {
      const end = await endOfLog(relayDb())
      const rows = await readLog(relayDb(), cursor, batch, where)
      for (const row of rows) await print(row, values.private === true)
      const last = rows.at(-1)
      cursor = last ? after(last) : end
      return rows.length
    }
    if (!values.follow) while ((await turn()) === batch);
    else await untilInterrupted(() => onGrowth('tail', batch, turn))
    return 0
  },
}

async function untilInterrupted(start: () => { stop(): Promise<void> }): Promise<void> {
  const loop = start()
  await new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve())
  })
  await loop.stop()
}

async function print(row: LogRow, privately: boolean): Promise<void> {
  const event = await readable(privately ? row : hidden(row))
  say(JSON.stringify(toCloudEvent(event, config().PUBLIC_URL)))
}

/** Without their seals' contents, which is what a reader sees once the person is erased. */
const hidden = (row: LogRow): LogRow => ({
  ...row,
  data: Object.fromEntries(
    Object.entries(row.data).map(([name, value]) => [name, isSealed(value) ? null : value]),
  ),
})

/** Of a type this build does not know, or that does not match its schema: as it is stored, since this is for looking. */
async function readable(row: LogRow): Promise<StoredEvent> {
  try {
    const event = await open(relayDb(), row)
    if (event) return event
    remark(`${row.id}: this version does not know ${row.type}; shown as stored.`)
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error
    remark(`${error.message}; shown as stored.`)
  }
  return {
    id: row.id,
    type: row.type,
    source: `/slotwise/${row.type.split('.')[0]}`,
    tenantId: row.tenant_id,
    aggregateType: row.aggregate_type,
    aggregateId: row.aggregate_id,
    version: row.version,
    time: row.recorded_at,
    recordedAt: row.recorded_at,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    actorId: row.actor_id,
    traceparent: row.traceparent,
    metadata: row.metadata,
    topics: row.topics,
    position: { epoch: row.epoch, xid: row.xid, pos: row.pos },
    data: row.data,
  }
}

function wholeNumber(text: string | boolean | undefined, unset: number): number {
  if (text === undefined) return unset
  const n = Number(text)
  if (!Number.isInteger(n) || n < 1 || n > 1_000_000)
    throw new UsageError('--limit is a whole number from 1 to 1000000.')
  return n
}

export const eventCommands = [tail, show]
