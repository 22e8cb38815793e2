import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { config } from '@/server/core/config'
import { newId } from '@/server/core/id'
import { settled } from './lib/backlog'
import { type House, house, loadOn } from './lib/house'
import type { Ask } from './lib/http-client'
import { type Bench, below, measure, ratioAtLeast } from './lib/measure'
import type { Subject } from './lib/replay'
import { type Exchange, statementsOf } from './lib/statements'
import { interleaved, median } from './lib/statistics'
import { type FreeTime, freeTimes } from './lib/world'
import type { Replayed } from './processes/replay'

const connections = 16
const rounds = 3
const seconds = 2
const mostInATurn = 2000

/** Somebody not seen before, as the product's own page would send it. */
export const bookingOf = ({ world, startTime }: FreeTime): Ask => ({
  method: 'POST',
  path: '/api/v1/bookings',
  headers: { 'idempotency-key': newId() },
  body: JSON.stringify({
    providerId: world.providerId,
    serviceId: world.serviceId,
    startTime,
    client: someone(),
  }),
})
const someone = () => ({ name: 'Somebody New', email: `${newId()}@example.com` })

const subjectOf = ({ world, startTime }: FreeTime): Subject => ({
  tenantId: world.businessId,
  providerId: world.providerId,
  serviceId: world.serviceId,
  startsAt: Date.parse(startTime),
  email: `${newId().replaceAll('-', '')}@example.com`,
})

/** One booking through the verb, and all it said to the database. */
async function oneBooking(free: FreeTime): Promise<{ of: Subject; exchanges: Exchange[] }> {
  const of = subjectOf(free)
  const { providerId, serviceId, email } = of
  const input = { providerId, serviceId, startTime: free.startTime, client: { name: 'Somebody New', email } }
  const call = newCall(anonymous, { idempotencyKey: newId() })
  const exchanges = await statementsOf(() => bookAppointment.execute(input, call))
  return { of, exchanges }
}

export const book: Bench = {
  name: 'book',
  about:
    'bookings by new clients at free times of 40 providers, at 16 connections, the worker handling them meanwhile',
  floor: 'the statements of one booking, caught from the verb, sent by postgres.js as often as it can',
  async run(stage) {
    const { database, worlds, web }: House = await house(stage)
    const [first, ...free] = freeTimes(worlds)
    let used = 0
    const some = () => free.slice(used, used + mostInATurn)
    const { of, exchanges } = await oneBooking(first as FreeTime)
    const replayer = await stage.child('replay', 'bench/replay.mjs', database.env).ready()
    const taken = await interleaved(rounds, {
      app: async () => {
        const asks = some().map(bookingOf)
        const made = await loadOn(stage, web, { connections, seconds, again: false, asks }, 201)
        used += made.answers
        await settled(database)
        return { rate: made.rate, p99: made.p99 }
      },
      sql: async () => {
        const subjects = some().map(subjectOf)
        const url = config().DATABASE_APP_URL
        const made = await replayer.peer.ask<Replayed>('replay', {
          url,
          connections,
          seconds,
          exchanges,
          of,
          subjects,
        })
        used += made.count
        await settled(database)
        return { rate: made.count / made.seconds, p99: made.p99 }
      },
    })
    const [failed] = await database.owner<{ n: number }[]>`select count(*)::int as n from handling_failure`
    if (failed?.n)
      throw new Error(`${failed.n} handlings failed: what was written was not as the app writes it`)
    const figure = (who: keyof typeof taken, what: 'rate' | 'p99') =>
      median(taken[who].map((one) => one[what]))
    return [
      measure('book', {
        value: figure('app', 'rate'),
        unit: 'tx/s',
        floor: figure('sql', 'rate'),
        goal: ratioAtLeast(0.5),
      }),
      measure('book.p99', {
        value: figure('app', 'p99'),
        unit: 'ms',
        floor: figure('sql', 'p99'),
        goal: below(150, 'ms'),
      }),
    ]
  },
}
