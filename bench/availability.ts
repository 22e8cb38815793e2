import { floors, house, loadOn, type Served } from './lib/house'
import type { Ask } from './lib/http-client'
import { type Bench, below, type Measure, measure, ratioAtLeast } from './lib/measure'
import type { Stage } from './lib/stage'
import { interleaved, median } from './lib/statistics'
import { pathOf, queryOf, questions } from './lib/world'

const connections = 16
const rounds = 4
const seconds = 2

type Contest = { status: number; ours: Ask[]; theirs: Ask[]; least: number; p99?: number }

/** The same load on the app, on the framework alone and on Node alone, in turns. */
async function contest(
  stage: Stage,
  name: string,
  { status, ours, theirs, least, p99 }: Contest,
): Promise<Measure[]> {
  const { web } = await house(stage)
  const { framework, bare } = await floors(stage)
  // What was asked in one round is not asked again in the next.
  const turn = (round: number) => rotated(ours, Math.floor((round * ours.length) / (rounds + 1)))
  const on = (server: Served, asks: (round: number) => Ask[]) => (round: number) =>
    loadOn(stage, server, { connections, seconds, again: true, asks: asks(round) }, status)
  const taken = await interleaved(rounds, {
    app: on(web, turn),
    framework: on(framework, () => theirs),
    bare: on(bare, () => theirs),
  })
  const figure = (of: keyof typeof taken, what: 'rate' | 'p99' | 'cost') =>
    median(taken[of].map((one) => one[what]))
  const goal = p99 ? below(p99, 'ms') : null
  return [
    measure(name, {
      value: figure('app', 'rate'),
      unit: 'req/s',
      floor: figure('framework', 'rate'),
      goal: ratioAtLeast(least),
    }),
    measure(`${name}.p99`, {
      value: figure('app', 'p99'),
      unit: 'ms',
      floor: figure('framework', 'p99'),
      goal,
    }),
    measure(`${name}.bare`, { value: figure('app', 'rate'), unit: 'req/s', floor: figure('bare', 'rate') }),
    measure(`${name}.cost`, {
      value: figure('app', 'cost'),
      unit: 'ms/req',
      floor: figure('framework', 'cost'),
    }),
  ]
}

const rotated = <T>(list: T[], by: number): T[] => [...list.slice(by), ...list.slice(0, by)]

const cold: Bench = {
  name: 'availability.cold',
  about:
    'a month of one provider with 200 bookings in it, asked for at 16 connections; no question is asked twice',
  floor: 'a Next route that runs the same query and sends the same bytes; `.bare`: plain Node doing so',
  async run(stage) {
    const asked = questions((await house(stage)).worlds)
    const ours = asked.map((question) => ({ path: pathOf(question) }))
    const theirs = asked.map((question) => ({ path: queryOf(question) }))
    return contest(stage, 'availability.cold', { status: 200, ours, theirs, least: 0.7, p99: 50 })
  },
}

const warm: Bench = {
  name: 'availability.warm',
  about: 'the same question again and again, the calendar unchanged',
  floor: 'a Next route that sends as many constant bytes; `.bare`: plain Node doing so',
  async run(stage) {
    const ours = [{ path: await oneQuestion(stage) }]
    return contest(stage, 'availability.warm', {
      status: 200,
      ours,
      theirs: [{ path: '/constant' }],
      least: 0.9,
    })
  },
}

const unchanged: Bench = {
  name: 'availability.304',
  about: 'the same question with the tag of the answer already held',
  floor: 'a Next route that answers 304 to a constant tag; `.bare`: plain Node doing so',
  async run(stage) {
    const path = await oneQuestion(stage)
    const first = await fetch(`${(await house(stage)).web.url}${path}`)
    await first.arrayBuffer()
    const ours = [{ path, headers: { 'if-none-match': first.headers.get('etag') ?? '' } }]
    const theirs = [{ path: '/constant', headers: { 'if-none-match': '"a-constant-tag-of-22-ch"' } }]
    return contest(stage, 'availability.304', { status: 304, ours, theirs, least: 0.9 })
  },
}

async function oneQuestion(stage: Stage): Promise<string> {
  const [question] = questions((await house(stage)).worlds)
  if (!question) throw new Error('there is nothing to ask')
  return pathOf(question)
}

export const availability = [cold, warm, unchanged]
