import { expect, test } from 'vitest'
import { dayAsked, monthAsked } from './moments'

const [now, zone] = ['2026-11-20', 'Pacific/Auckland']

test('the day an address asks for is one that there is, ahead, and that can be asked about', () => {
  const asked = (day: unknown) => dayAsked({ day } as { day: string }, now, zone)
  expect(asked('2026-12-01')).toBe('2026-12-01')
  expect(asked('2026-11-19')).toBeNull()
  for (const wrong of ['2300-01-01', '2026-02-30', 'foo', '', undefined, ['2026-12-01', '2026-12-02']])
    expect(asked(wrong)).toBeNull()
})

test('a time that is pointed at opens its day by the clock of who looks', () => {
  const evening = { startTime: '2026-12-31T18:00:00Z', day: '2026-12-31' }
  expect(dayAsked(evening, now, 'Europe/Berlin')).toBe('2026-12-31')
  expect(dayAsked(evening, now, zone)).toBe('2027-01-01')
  expect(monthAsked(evening, now, zone)).toBe('2027-01')
  for (const startTime of ['2300-01-01T00:00:00Z', '2199-12-31T23:59:59Z', 'foo'])
    expect(dayAsked({ startTime }, now, zone)).toBeNull()
})

test('the month is that of the day, else the one asked for, and never over', () => {
  expect(monthAsked({ day: '2027-02-03', month: '2026-12' }, now, zone)).toBe('2027-02')
  expect(monthAsked({ day: '2300-01-01', month: '2026-12' }, now, zone)).toBe('2026-12')
  expect(monthAsked({ month: '2026-13' }, now, zone)).toBe('2026-11')
  expect(monthAsked({ month: '2026-10' }, now, zone)).toBe('2026-11')
})
