import { describe, expect, test } from 'vitest'
import type { AccountLetter, AppointmentLetter, WaitingLetter } from '@/server/notification/template/model'
import {
  accountTemplates,
  appointmentTemplates,
  languages,
  waitingTemplates,
} from '@/server/notification/template/model'
import { writeLetter } from './render'

const booking: AppointmentLetter = {
  template: 'appointment_confirmed',
  language: 'en',
  brand: {
    name: 'Harbour Physio',
    accent: '#ffd400',
    logo: 'https://slots.example.org/b/harbour/logo/abcdefghijklmnopqrstuv',
    url: 'https://slots.example.org/b/harbour',
  },
  reader: { name: 'Pema', timeZone: 'Asia/Kathmandu' },
  service: 'First visit',
  provider: 'Ada Lovelace',
  timeZone: 'America/New_York',
  startTime: '2026-11-01T05:30:00Z',
  endTime: '2026-11-01T06:30:00Z',
  price: { amount: 4500, currency: 'USD' },
  policy: { freeUntilHours: 24, lateFeePercent: 50 },
  place: null,
  previous: null,
  cancelled: null,
  declined: null,
  sameGo: [],
  manageUrl: 'https://slots.example.org/bookings/1?token=a&b=c',
  choicesUrl: 'https://slots.example.org/b/harbour/mails/1?token=d',
  feedUrl: 'https://slots.example.org/calendars/client/1/2/e.ics',
  custom: null,
}
const harbour: AppointmentLetter['place'] = {
  kind: 'venue',
  id: '00000000-0000-7000-8000-0000000000a1',
  name: 'Harbour Rooms',
  lines: ['Invented Quay 1', '20457 Hamburg'],
  line: 'Harbour Rooms, Invented Quay 1, 20457 Hamburg',
  access: 'Door code 4711',
  phone: null,
  position: null,
}
const waiting: WaitingLetter = {
  template: 'waitlist_offered',
  language: 'en',
  brand: booking.brand,
  reader: booking.reader,
  service: booking.service,
  timeZone: booking.timeZone,
  offer: {
    startTime: booking.startTime,
    endTime: booking.endTime,
    provider: booking.provider,
    until: '2026-10-31T18:00:00Z',
    place: null,
  },
  custom: null,
  url: 'https://slots.example.org/waitlist/1?token=a&b=c',
  choicesUrl: booking.choicesUrl,
}
const account: AccountLetter = {
  template: 'magic_link',
  language: 'en',
  brand: { name: 'SlotWise', accent: null, logo: null, url: 'https://slots.example.org' },
  reader: { name: 'Grace' },
  url: 'https://slots.example.org/sign-in/link#abc',
  minutes: 10,
  invitation: { by: 'Ada', role: 'provider' },
}
const hostile = '<img src=x onerror=alert(1)>"\'&\r\nBcc: all@example.org\u202e'

describe('every letter', () => {
  const all = languages.flatMap((language) => [
    ...appointmentTemplates.map((template) => ({ ...booking, template, language })),
    ...waitingTemplates.map((template) => ({ ...waiting, template, language })),
    ...accountTemplates.map((template) => ({ ...account, template, language })),
  ])
  test.each(all.map((letter) => [`${letter.template} ${letter.language}`, letter] as const))(
    '%s says what it is, where to go and why it came',
    (_, letter) => {
      const { subject, html, text } = writeLetter(letter)
      const url = 'startTime' in letter ? letter.manageUrl : letter.url
      const over = ['appointment_cancelled', 'appointment_declined'].includes(letter.template)
      const to = over ? letter.brand.url : url
      expect(subject.length).toBeGreaterThan(8)
      expect(text).toContain(to)
      expect(html).toContain(`href="${to.replaceAll('&', '&amp;')}"`)
      expect(html).toContain(`lang="${letter.language}"`)
      expect(text).toContain(
        letter.language === 'de' ? 'Sie erhalten diese Mail, weil' : 'You get this mail because',
      )
      expect(html).not.toMatch(/<script|<img (?!src="https:\/\/slots)|undefined|\[object|NaN/)
      expect(text).not.toMatch(/undefined|\[object|NaN/)
    },
  )

  test('is in one language only', () => {
    const english = all.filter((l) => l.language === 'en').map((l) => writeLetter(l).text)
    const german = all.filter((l) => l.language === 'de').map((l) => writeLetter(l).text)
    expect(english.filter((text) => /\b(Sie|Ihre|Uhr|und)\b/.test(text))).toEqual([])
    expect(german.filter((text) => /\b(you|your|the|and)\b/i.test(text))).toEqual([])
  })

  test('lets nobody’s name become markup, a header or a turn of direction', () => {
    const names = { reader: { name: hostile, timeZone: null }, service: hostile, provider: hostile }
    for (const template of appointmentTemplates) {
      const brand = { ...booking.brand, name: hostile }
      const { subject, html } = writeLetter({ ...booking, ...names, brand, template })
      expect(html).not.toContain('<img src=x')
      expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
      expect(subject).not.toMatch(/[\r\n\u202e]/)
    }
    const { subject, html } = writeLetter({
      ...account,
      template: 'invitation',
      invitation: { by: hostile, role: 'provider' },
    })
    expect(subject).not.toMatch(/[\r\n\u202e]/)
    expect(html).not.toContain('<img src=x')
  })
})

describe('times', () => {
  test('come by the clock of the place first, then by the reader’s, across the clock change', () => {
    const { text, html } = writeLetter(booking)
    expect(text).toContain(
      'Sunday, November 1, 2026 at 1:30 AM – 1:30 AM, New York time (GMT-04:00 → GMT-05:00)',
    )
    expect(text).toContain(
      'Your time: Sunday, November 1, 2026, 11:15 AM – 12:15 PM, Kathmandu time (GMT+05:45)',
    )
    expect(text.indexOf('New York')).toBeLessThan(text.indexOf('Kathmandu'))
    expect(html).toContain('Kathmandu time (GMT+05:45)')
  })

  test('come once where both clocks show the same', () => {
    const { text } = writeLetter({ ...booking, reader: { name: 'Bo', timeZone: 'America/Toronto' } })
    expect(text).not.toContain('Your time')
    expect(text).not.toContain('Toronto')
  })

  test('are written as the reader’s language does', () => {
    const { text, subject } = writeLetter({ ...booking, language: 'de', timeZone: 'Europe/Berlin' })
    expect(text).toContain('Sonntag, 1. November 2026')
    expect(text).toContain('06:30–07:30 Uhr, Ortszeit Berlin (GMT+01:00)')
    expect(subject).toBe('Bestätigt: First visit, So., 1. Nov., 6:30')
  })

  test('say where it is, how to get in, and that this has changed', () => {
    const previous = { startTime: booking.startTime, endTime: booking.endTime, place: 'Old Mill' }
    const moved = { ...booking, template: 'appointment_rescheduled' as const, place: harbour, previous }
    const { text, html } = writeLetter(moved)
    expect(text).toContain('It is somewhere else now: Harbour Rooms.')
    expect(text).not.toContain('new time')
    expect(text).toContain('Where: Harbour Rooms, Invented Quay 1, 20457 Hamburg')
    expect(text).toContain('How to get in: Door code 4711')
    expect(html).toMatch(/<s>Old Mill<\/s>/)
    const gone = writeLetter({ ...booking, template: 'appointment_cancelled', place: harbour }).text
    expect(gone).not.toContain('4711')
  })

  test('lead into the meeting first, where it is online, and say it where there is no link', () => {
    const link = 'https://meet.example.org/room?a=b&c=d'
    const { text, html } = writeLetter({ ...booking, place: { kind: 'online', link } })
    expect(text).toContain('Where: Online')
    expect(text.indexOf(link)).toBeLessThan(text.indexOf(booking.manageUrl))
    expect(html).toContain('href="https://meet.example.org/room?a=b&amp;c=d"')
    const without = writeLetter({ ...booking, place: { kind: 'online', link: null } }).text
    expect(without).toContain('Harbour Physio tells you how to join before it begins.')
    expect(
      writeLetter({ ...booking, template: 'appointment_cancelled', place: { kind: 'online', link } }).text,
    ).not.toContain(link)
  })

  test('name the place of each of several, where they are not all at one', () => {
    const at = (place: AppointmentLetter['place'], id: string) => ({
      id,
      startTime: booking.startTime,
      endTime: booking.endTime,
      manageUrl: booking.manageUrl,
      place,
    })
    const both = { ...booking, sameGo: [at(harbour, '1'), at({ kind: 'online', link: null }, '2')] }
    expect(writeLetter({ ...both, place: harbour }).text).toMatch(/Harbour Rooms.*Online/)
  })

  test('say both when it was and when it is', () => {
    const previous = { startTime: '2026-10-30T14:00:00Z', endTime: '2026-10-30T15:00:00Z', place: 'Old Mill' }
    const { text, html } = writeLetter({ ...booking, template: 'appointment_rescheduled', previous })
    expect(text).toMatch(/Before: Friday, October 30, 2026, 10:00 – 11:00 AM/)
    expect(text).toMatch(/Old Mill/)
    expect(html).toMatch(/<s>Friday, October 30, 2026/)
    expect(html).not.toMatch(/<s>Sunday, November 1/)
  })
})

describe('money and terms', () => {
  test.each([
    ['en', 'USD', 4500, '$45.00'],
    ['de', 'EUR', 4500, '45,00 €'],
    ['en', 'JPY', 4500, '¥4,500'],
  ] as const)('%s writes %s', (language, currency, amount, written) => {
    expect(writeLetter({ ...booking, language, price: { amount, currency } }).text).toContain(written)
  })

  test('a cancellation says who, what it costs, and why', () => {
    const letter = { ...booking, template: 'appointment_cancelled' as const }
    const by = (cancelled: AppointmentLetter['cancelled']) => writeLetter({ ...letter, cancelled }).text
    expect(by({ by: 'client', reason: null, fee: 2250 })).toMatch(/You cancelled[\s\S]*\$22\.50/)
    expect(by({ by: 'business', reason: 'Water damage', fee: 0 })).toMatch(
      /Harbour Physio had to cancel[\s\S]*Reason: Water damage[\s\S]*costs you nothing/,
    )
  })

  test('links run out, and say when', () => {
    expect(writeLetter(account).text).toContain('The link works for 10 minutes.')
    expect(writeLetter({ ...account, minutes: 1440, language: 'de' }).text).toContain(
      'Der Link gilt 24 Stunden.',
    )
  })
})
