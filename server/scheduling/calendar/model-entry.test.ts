import { expect, test } from 'vitest'
import { weekFrom } from './model-entry'
import { typedPairs } from './model-week'

const typed = (fields: Record<string, string>) => weekFrom((name) => fields[name] ?? null)

test('pairs become hours, sorted; empty days are closed; midnight ends a day', () => {
  const week = typed({
    'from-1-0': '13:00',
    'to-1-0': '17:00',
    'from-1-1': '09:00',
    'to-1-1': '12:00',
    'from-5-0': '18:00',
    'to-5-0': '00:00',
    'from-6-0': '',
    'to-6-0': ' ',
  })
  expect(week).toEqual({
    weekly: {
      '1': [
        ['09:00', '12:00'],
        ['13:00', '17:00'],
      ],
      '5': [['18:00', '24:00']],
    },
    wrong: [],
  })
})

test.each([
  [{ 'from-2-0': '09:00' }],
  [{ 'to-2-0': '09:00' }],
  [{ 'from-2-0': '17:00', 'to-2-0': '09:00' }],
  [{ 'from-2-0': '09:00', 'to-2-0': '12:00', 'from-2-1': '11:00', 'to-2-1': '13:00' }],
  [{ 'from-2-0': 'nine', 'to-2-0': '12:00' }],
])('%j is no Tuesday', (fields) => {
  expect(typed(fields).wrong).toEqual(['2'])
})

test('a day has room for one stretch more than were typed, wherever those stand', () => {
  expect(typedPairs({}, '1')).toBe(0)
  expect(typedPairs({ 'from-1-0': '', 'to-1-2': '12:00', 'from-2-4': '09:00' }, '1')).toBe(3)
})
