import { bookingOf } from './book'
import { settled } from './lib/backlog'
import { crowd } from './lib/crowd'
import { loadOn, type Served } from './lib/house'
import { type Bench, type Measure, measure, ratioAtLeast } from './lib/measure'
import type { Database, Stage } from './lib/stage'
import { interleaved, median } from './lib/statistics'
import { freeTimes, pathOf, questions, seedProviders, settle } from './lib/world'

const connections = 16
/** Many short turns: a machine's moods last longer than one of them, and each question is asked once. */
const asks = { rounds: 9, seconds: 1 }
const bookings = { rounds: 3, seconds: 2 }
const providers = 20
const mostInATurn = 2000
const slowest = 1.3
const crowded = { businesses: 980, bookings: 1_000_000 }

type Town = {
  database: Database
  web: Served
  asks: { path: string }[]
  free: ReturnType<typeof bookingOf>[]
}

async function town(stage: Stage, name: string, grown: boolean): Promise<Town> {
  const database = await stage.database(name)
  const worlds = await seedProviders(database.owner, providers, !grown)
  if (grown) {
    stage.say('seeding a million bookings of a thousand businesses')
    await crowd(database.owner, worlds, crowded)
  }
  await settle(database.owner)
  const asks = questions(worlds).map((question) => ({ path: pathOf(question) }))
  const free = [...freeTimes(worlds)].map(bookingOf)
  const [web] = await Promise.all([stage.web(database), stage.worker(database)])
  return { database, web, asks, free }
}

/** The same questions and bookings of as many providers, where there is little else and where there is much. */
export const growth: Bench = {
  name: 'growth',
  about:
    'months and bookings of 20 providers in an installation of 1,000 businesses and 1,000,000 bookings, as `availability.cold` and `book` ask for them',
  floor: 'the same providers in one business with 1,000 bookings',
  async run(stage): Promise<Measure[]> {
    const grown = await town(stage, 'grown', true)
    const small = await town(stage, 'small', false)
    const asking = (of: Town) => (round: number) => {
      const from = Math.floor((round * of.asks.length) / (asks.rounds + 1))
      const rest = [...of.asks.slice(from), ...of.asks.slice(0, from)]
      return loadOn(stage, of.web, { connections, seconds: asks.seconds, again: true, asks: rest }, 200)
    }
    const booking = (of: Town) => async () => {
      const some = of.free.slice(0, mostInATurn)
      const made = await loadOn(
        stage,
        of.web,
        { connections, seconds: bookings.seconds, again: false, asks: some },
        201,
      )
      of.free.splice(0, made.answers)
      await settled(of.database)
      return made
    }
    const asked = await interleaved(asks.rounds, { grown: asking(grown), small: asking(small) })
    const booked = await interleaved(bookings.rounds, { grown: booking(grown), small: booking(small) })
    return [
      ['growth.availability', asked, 'req/s'] as const,
      ['growth.book', booked, 'tx/s'] as const,
    ].flatMap(([name, taken, unit]) => {
      const figure = (of: 'grown' | 'small', what: 'rate' | 'p99' | 'cost') =>
        median(taken[of].map((one) => one[what]))
      return [
        measure(name, {
          value: figure('grown', 'rate'),
          unit,
          floor: figure('small', 'rate'),
          goal: ratioAtLeast(Number((1 / slowest).toFixed(2))),
        }),
        measure(`${name}.p99`, { value: figure('grown', 'p99'), unit: 'ms', floor: figure('small', 'p99') }),
        measure(`${name}.cost`, {
          value: figure('grown', 'cost'),
          unit: 'ms/req',
          floor: figure('small', 'cost'),
        }),
      ]
    })
  },
}
