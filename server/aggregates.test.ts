import '@/server/events'
import './aggregates'
import { expect, test } from 'vitest'
import { allEvents } from './core/events'
import { aggregateOf, allAggregates } from './core/fold'

const ours = allEvents().filter((e) => !e.type.startsWith('fold.'))

test('every event belongs to an aggregate that knows how it folds', () => {
  const stem = (type: string) => type.replace(/\.v\d+$/, '')
  const newest = ours.filter((e) => !ours.some((o) => stem(o.type) === stem(e.type) && o.version > e.version))
  const lost = newest.filter((e) => !aggregateOf(e.aggregate)?.evolve[e.type])
  expect(lost.map((e) => e.type)).toEqual([])
})

test('every step of a fold is for an event that exists', () => {
  const known = new Set(ours.map((e) => e.type))
  const steps = allAggregates().flatMap((a) => Object.keys(a.evolve))
  expect(steps.filter((type) => !known.has(type))).toEqual([])
})
