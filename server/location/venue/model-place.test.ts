import { describe, expect, it } from 'vitest'
import { placeFor, type Way, type Where } from './model-place'
import { placeSchema } from './model-place-schema'

const mitte = '00000000-0000-7000-8000-0000000000a1'
const kreuz = '00000000-0000-7000-8000-0000000000a2'

type Row = [given: Way, named: Where | null, usual: Where | null, place: Where | null | undefined]

const table: Row[] = [
  // Nothing is said of places: as if there were none, but what is given online is online.
  ['either', null, null, null],
  ['on_site', null, null, null],
  ['online', null, null, 'online'],
  // The usual place stands in for what the hours do not say. Online needs none, so it goes into any such hours.
  ['either', null, mitte, mitte],
  ['on_site', null, mitte, mitte],
  ['online', null, mitte, 'online'],
  ['either', null, 'online', 'online'],
  ['on_site', null, 'online', undefined],
  ['online', null, 'online', 'online'],
  // What the hours say counts, whatever is usual.
  ['either', kreuz, mitte, kreuz],
  ['on_site', kreuz, 'online', kreuz],
  ['online', kreuz, null, undefined],
  ['online', kreuz, 'online', undefined],
  ['either', 'online', mitte, 'online'],
  ['on_site', 'online', mitte, undefined],
  ['online', 'online', mitte, 'online'],
]

describe('where a time of a service is', () => {
  it.each(table)('%s, hours at %s, usually %s: %s', (given, named, usual, place) => {
    expect(placeFor(given, named, usual)).toBe(place)
  })

  it('is either way where the service says nothing', () => {
    expect(placeFor(undefined, kreuz, mitte)).toBe(kreuz)
    expect(placeFor(undefined, 'online', mitte)).toBe('online')
  })
})

describe('a place', () => {
  it('is online, or a venue by its id', () => {
    expect(placeSchema.safeParse('online').success).toBe(true)
    expect(placeSchema.safeParse(mitte).success).toBe(true)
    for (const wrong of ['', 'Online', 'here', mitte.slice(1), mitte.replaceAll('a', 'A'), ` ${mitte}`])
      expect(placeSchema.safeParse(wrong).success).toBe(false)
  })
})
