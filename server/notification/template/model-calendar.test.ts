import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { calendarFile, type Invitation } from './model-calendar'

const invitation: Invitation = {
  method: 'REQUEST',
  status: 'CONFIRMED',
  bookingId: '01920000-0000-7000-8000-000000000001',
  sequence: 2,
  at: '2026-10-01T08:00:00.123456Z',
  startTime: '2026-11-01T05:30:00Z',
  endTime: '2026-11-01T06:30:00Z',
  service: 'First visit',
  provider: 'Ada',
  business: 'Harbour Physio',
  organiser: 'no-reply@slots.example.org',
  attendee: { name: 'Pema', address: 'pema@example.org' },
  manageUrl: 'https://slots.example.org/bookings/1?token=a,b;c',
  also: [],
  manageLabel: 'See or cancel the booking',
  place: null,
  words: { online: 'Online', join: 'Join' },
}

/** As another program reads it. */
function read(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[])
  const events = calendar.getAllSubcomponents('vevent')
  const [first] = events
  if (!first) throw new Error('no event')
  return { calendar, events, component: first, event: new ICAL.Event(first) }
}

test('says what, when, where to change it, and whose it is', () => {
  const { calendar, component, event, events } = read(calendarFile(invitation))
  expect(events).toHaveLength(1)
  expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST')
  expect(event.uid).toBe(`${invitation.bookingId}@slotwise`)
  expect(event.sequence).toBe(2)
  expect(event.summary).toBe('First visit – Harbour Physio')
  expect(event.description).toContain(invitation.manageUrl)
  expect(component.getFirstPropertyValue('status')).toBe('CONFIRMED')
  expect(component.getFirstPropertyValue('organizer')).toBe('mailto:no-reply@slots.example.org')
  expect(component.getFirstPropertyValue('attendee')).toMatch(/^mailto:pema@example\.org$/i)
})

test('says where: the address, or the link as the place and the address to open', () => {
  const line = 'Harbour Rooms; 2nd floor, Invented Quay 1\nHamburg'
  const venue = {
    id: 'v',
    name: 'Harbour Rooms',
    lines: [],
    access: 'Ring twice',
    phone: null,
    position: null,
  }
  const there = read(calendarFile({ ...invitation, place: { kind: 'venue', line, ...venue } }))
  expect(there.event.location).toBe(line)
  expect(there.event.description).toContain('Ring twice')
  const written = 'https://slots.example.org/bookings/1?token=a%2Cb%3Bc'
  expect(there.component.getFirstPropertyValue('url')).toBe(written)
  const link = 'https://meet.example.org/room'
  const online = read(calendarFile({ ...invitation, place: { kind: 'online', link } }))
  expect(online.event.location).toBe(link)
  expect(online.component.getFirstPropertyValue('url')).toBe(link)
  expect(online.event.description).toContain(`Join: ${link}`)
  expect(online.event.description).toContain(invitation.manageUrl)
  const untold = read(calendarFile({ ...invitation, place: { kind: 'online', link: null } }))
  expect(untold.event.location).toBe('Online')
  expect(read(calendarFile(invitation)).event.location).toBe('Harbour Physio')
})

test('tells instants in UTC, so that every clock shows the same', () => {
  const file = calendarFile(invitation)
  expect(file).toContain('DTSTART:20261101T053000Z')
  expect(file).toContain('DTEND:20261101T063000Z')
  expect(file).not.toContain('TZID')
  expect(read(file).event.startDate.toJSDate().toISOString()).toBe('2026-11-01T05:30:00.000Z')
})

test('a later change is the same event with a higher sequence; a cancellation takes it away', () => {
  const moved = {
    ...invitation,
    sequence: 3,
    startTime: '2026-11-02T05:30:00Z',
    endTime: '2026-11-02T06:30:00Z',
  }
  const [before, after, gone] = [
    invitation,
    moved,
    { ...moved, sequence: 4, method: 'CANCEL' as const, status: 'CANCELLED' as const },
  ].map((i) => read(calendarFile(i)))
  expect(new Set([before, after, gone].map((r) => r?.event.uid)).size).toBe(1)
  expect([before, after, gone].map((r) => r?.event.sequence)).toEqual([2, 3, 4])
  expect(gone?.calendar.getFirstPropertyValue('method')).toBe('CANCEL')
  expect(gone?.component.getFirstPropertyValue('status')).toBe('CANCELLED')
})

describe('whatever people are called', () => {
  const awkward = fc.string({
    unit: fc.constantFrom(
      '\\',
      ';',
      ',',
      '\n',
      '\r',
      '"',
      ':',
      '\r\n',
      'a',
      'é',
      '猫',
      '🐈',
      ' ',
      'BEGIN:VEVENT',
    ),
    maxLength: 60,
  })
  test('another program reads back the same words, and no other fields', () => {
    fc.assert(
      fc.property(awkward, awkward, awkward, (service, provider, name) => {
        const attendee = { name, address: 'pema@example.org' }
        const { event, events, component } = read(
          calendarFile({ ...invitation, service, provider, attendee }),
        )
        const asLines = (text: string) => text.replace(/\r\n?/g, '\n')
        expect(events).toHaveLength(1)
        expect(event.summary).toBe(`${asLines(service)} – Harbour Physio`)
        expect(event.description).toBe(
          `${asLines(provider)}\nSee or cancel the booking: ${invitation.manageUrl}`,
        )
        expect(component.getAllProperties('attendee')).toHaveLength(1)
        expect(component.getAllProperties('url')).toHaveLength(1)
      }),
    )
  })

  test('no line is longer than a line may be', () => {
    const file = calendarFile({ ...invitation, service: '猫'.repeat(100) })
    for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })
})
