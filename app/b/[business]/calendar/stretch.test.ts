import { expect, test } from 'vitest'
import type { Form } from '@/server/forms'
import { stretchFrom, typedStretch } from './stretch'

const zone = 'Europe/Berlin'
const from = (fields: Record<string, string>) =>
  stretchFrom({ get: (name: string) => fields[name] ?? null } as Form, zone)

test.each([
  ['2026-06-01', '12:00', '', '13:00', '2026-06-01T10:00:00Z', '2026-06-01T11:00:00Z'],
  ['2026-06-01', '00:00', '', '00:00', '2026-05-31T22:00:00Z', '2026-06-01T22:00:00Z'],
  ['2026-06-01', '00:00', '2026-06-14', '00:00', '2026-05-31T22:00:00Z', '2026-06-14T22:00:00Z'],
  ['2026-06-01', '15:00', '2026-06-03', '09:00', '2026-06-01T13:00:00Z', '2026-06-03T07:00:00Z'],
])('from %s %s until %s %s', (date, begins, until, ends, startTime, endTime) => {
  const typed = { date, from: begins, until, to: ends }
  expect(from(typed)).toEqual({ startTime, endTime })
  expect(typedStretch(zone, { startTime, endTime })).toEqual(typed)
})
