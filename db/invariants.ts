import '@/server/events'
import '@/server/aggregates'
import type postgres from 'postgres'
import type { Subscription } from '@/jobs/define'
import { delivered } from './invariants/delivery'
import { checkHistories, checkLog } from './invariants/histories'
import { withLook } from './invariants/look'
import { checkMoney } from './invariants/money'
import { checkPlaces } from './invariants/places'
import { checkProjections } from './invariants/projections'
import { checkSeats } from './invariants/seats'
import { checkTenancy } from './invariants/tenancy'

export { type Attempt, checkAnswers } from './invariants/answers'

export type Options = {
  /** What the worker was given: then every event must have reached its handlers, and every projection its end. */
  drained?: readonly Subscription[]
  /** How long draining may take. */
  withinMs?: number
}

/** Everything that must hold at every moment, looked at in one snapshot. What it says is meant to be acted on. */
export async function findViolations(owner: postgres.Sql, options: Options = {}): Promise<string[]> {
  const { drained, withinMs = 30_000 } = options
  const undelivered = drained ? await delivered(owner, drained, withinMs) : []
  const inOneLook = await withLook(owner, async (look) => {
    const { problems, standings } = await checkHistories(look)
    return [
      ...(await checkPlaces(look)),
      ...(await checkSeats(look)),
      ...(await checkMoney(look)),
      ...(await checkLog(look)),
      ...problems,
      ...(await checkProjections(look, standings, drained !== undefined)),
      ...(await checkTenancy(look)),
    ]
  })
  return [...undelivered, ...inOneLook]
}

export async function assertInvariants(owner: postgres.Sql, options: Options = {}): Promise<void> {
  const found = await findViolations(owner, options)
  if (found.length > 0)
    throw new Error(`${found.length} invariants do not hold:\n${found.slice(0, 50).join('\n')}`)
}
