import { expect, test } from 'vitest'
import { noticeInWords } from './notice-in-words'
import { inboxWords } from './words'

test('the time of a booking elsewhere says by whose clock it is told', () => {
  const about = {
    service: 'First talk',
    who: null,
    startTime: '2026-12-01T09:00:00Z',
    timeZone: 'Europe/Berlin',
  }
  const notice = {
    id: '1',
    kind: 'appointment_confirmed',
    about,
    away: false,
    business: 'House',
    createdAt: '2026-11-20T18:00:00Z',
    unread: true,
  } as Parameters<typeof noticeInWords>[0]
  const told = (zone: string) => noticeInWords(notice, inboxWords.en, 'en-GB', zone)
  expect(told('America/New_York').about).toMatch(/10:00, Europe\/Berlin$/)
  expect(told('America/New_York').told).toContain('13:00')
  expect(told('Europe/Berlin').about).toMatch(/10:00$/)
})
