import { expect, test } from 'vitest'
import { bookingAt, type Desk } from './desk'

test('a booking is opened on the day that its clock shows', () => {
  const at = (zone: string) => bookingAt({ root: '/b/x/admin' } as Desk, zone, '1', '2026-06-01T22:30:00Z')
  expect(at('Europe/Berlin')).toBe('/b/x/admin/calendar?open=1&date=2026-06-02')
  expect(at('America/New_York')).toBe('/b/x/admin/calendar?open=1&date=2026-06-01')
})
