import { describe, expect, test } from 'vitest'
import { type AppointmentLetter, languages, ownableTemplates } from './model'
import { fillIn, ourWords, sampleLetter, unknownPlaceholders } from './model-custom'
import { sheetOf } from './model-sheet'

const about = {
  brand: { name: 'Harbour Physio', accent: null, logo: null, url: 'https://x.example' },
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  now: Date.UTC(2026, 5, 1),
}

describe.each(languages)('in %s', (language) => {
  test.each(ownableTemplates)('%s in our words reads the same when it is filled in', (template) => {
    const letter = sampleLetter(template, language, about)
    const ours = sheetOf(letter)
    const filled = sheetOf({ ...letter, custom: ourWords(template, language) })
    expect(unknownPlaceholders(template, Object.values(ourWords(template, language)).join(' '))).toEqual([])
    expect(filled).toEqual(ours)
  })
})

test('who waits is told of a time only where there is one', () => {
  const words = 'Dear {name}, {service} on {when} with {provider} until {until} for {price}'
  expect(unknownPlaceholders('waitlist_joined', words)).toEqual(['when', 'provider', 'until', 'price'])
  expect(unknownPlaceholders('waitlist_offered', words)).toEqual(['price'])
  const offered = sampleLetter('waitlist_offered', 'en', about)
  const said = { subject: '{service}', words: '{name}: {provider} keeps {when} until {until} for {price}' }
  const [block] = sheetOf({ ...offered, custom: said }).blocks
  expect(block?.kind === 'words' && block.text).toMatch(
    /^Ada Lovelace: Grace Hopper keeps Thu, Jun 4.* until Mon, Jun 1.* for \{price\}$/,
  )
})

test('own words stand before the facts; reason, facts and links stay', () => {
  const letter = {
    ...sampleLetter('appointment_cancelled', 'en', about),
    cancelled: { by: 'business' as const, reason: 'a burst pipe', fee: 0 },
    custom: { subject: 'Sorry, {name}', words: 'We are sorry, {name}.\n\nYours,\n{business}' },
  }
  const { subject, blocks } = sheetOf(letter)
  expect(subject).toBe('Sorry, Ada Lovelace')
  expect(blocks.map((block) => block.kind)).toEqual(['words', 'words', 'words', 'words', 'facts', 'button'])
  expect(blocks[1]).toEqual({ kind: 'words', text: 'Yours,\nHarbour Physio' })
  expect(JSON.stringify(blocks)).toContain('a burst pipe')
})

test('what the business did not do is said in our words: what a client cancelled, what lapsed, where only the place is another', () => {
  const said = { subject: 'From us', words: 'Dear {name}.\n\nWe had to cancel, and are sorry.' }
  const sheetFor = (over: Partial<AppointmentLetter> & Pick<AppointmentLetter, 'template'>) =>
    sheetOf({ ...(sampleLetter(over.template, 'en', about) as AppointmentLetter), ...over, custom: said })
  const cancelled = (by: 'client' | 'business' | 'system') =>
    sheetFor({ template: 'appointment_cancelled', cancelled: { by, reason: null, fee: 0 } })
  expect(cancelled('business').subject).toBe('From us')
  expect(JSON.stringify(cancelled('client').blocks)).toContain('You cancelled this booking.')
  expect(JSON.stringify(cancelled('system').blocks)).toContain('no longer offered')
  const declined = (by: 'business' | 'system') =>
    sheetFor({ template: 'appointment_declined', declined: { by, reason: null } })
  expect(declined('business').subject).toBe('From us')
  expect(JSON.stringify(declined('system').blocks)).toContain('did not answer in time')
  const template = 'appointment_rescheduled' as const
  const { startTime, endTime } = sampleLetter(template, 'en', about) as AppointmentLetter
  const annex = {
    id: '1',
    line: 'Annex',
    name: 'Annex',
    lines: [],
    access: null,
    phone: null,
    position: null,
  }
  const place = { kind: 'venue' as const, ...annex }
  const moved = sheetFor({
    template,
    place,
    previous: { startTime, endTime, place: 'Main house' },
  })
  expect(moved.heading).toBe('Your booking is somewhere else')
  expect(moved.blocks[1]).toEqual({ kind: 'words', text: 'It is somewhere else now: Annex.' })
  expect(sheetFor({ template }).subject).toBe('From us')
})

test('what people are called cannot end a header or be filled in again', () => {
  const letter = sampleLetter('appointment_confirmed', 'en', about)
  const hostile = {
    ...letter,
    reader: { ...letter.reader, name: 'Ada {business}\r\nBcc: all@example.org' },
    custom: { subject: 'Hello {name}', words: '{name}' },
  }
  expect(sheetOf(hostile).subject).toBe('Hello Ada {business} Bcc: all@example.org')
  expect(fillIn('{constructor} {name', letter)).toBe('{constructor} {name')
  const unknown = unknownPlaceholders('appointment_confirmed', '{constructor} {name} {until} {} {x}')
  expect(unknown).toEqual(['constructor', 'until', '', 'x'])
})
