import { expect, test } from 'vitest'
import { rank, ranked } from './search-rank'

const zones = ['Europe/Berlin', 'America/New York', 'Asia/Kathmandu', 'America/Argentina/Buenos Aires']

test('every word has to be found, in any order and without its accents', () => {
  expect(ranked(zones, 'york new', (z) => z)).toEqual(['America/New York'])
  expect(rank('São Paulo', 'sao')).toBeGreaterThan(0)
  expect(rank('São Paulo', 'sao rio')).toBe(0)
})

test('what begins with it comes before what only has it', () => {
  expect(ranked(['Unblock Monday', 'Block Monday', 'Go, block'], 'block', (t) => t)).toEqual([
    'Block Monday',
    'Go, block',
    'Unblock Monday',
  ])
})

test('nothing typed keeps everything as it was', () => {
  expect(ranked(zones, ' ', (z) => z)).toEqual(zones)
})

test('signs are signs', () => {
  expect(rank('a+b (c)', '(c')).toBeGreaterThan(0)
  expect(rank('abc', '.')).toBe(0)
})
