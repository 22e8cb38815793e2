import { describe, expect, test } from 'vitest'
import { languages, ownableTemplates } from './model'
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
