import { expect, test } from 'vitest'
import { guessFrom } from './model-guess'
import { slugFrom } from './model-slug'

test.each([
  ['de-AT,de;q=0.9,en;q=0.8', undefined, 'EUR', 'Europe/Vienna'],
  ['en-US,en;q=0.9', undefined, 'USD', 'America/New_York'],
  ['en-US,en;q=0.9', 'Asia/Kathmandu', 'NPR', 'Asia/Kathmandu'],
  ['en-GB', 'America/Denver', 'GBP', 'America/Denver'],
  ['de', undefined, 'EUR', 'Europe/Berlin'],
  ['', undefined, 'EUR', 'UTC'],
  ['en', 'Mars/Olympus', 'GBP', 'Europe/London'],
])('from %s and %s: %s, %s', (languages, zone, currency, timeZone) => {
  expect(guessFrom(languages, zone)).toEqual({ currency, timeZone })
})

test.each([
  ['Mühle & Söhne', 'muehle-and-soehne'],
  ['  Café Été  ', 'cafe-ete'],
  ['Straße 7', 'strasse-7'],
  ['日本', ''],
  [`${'x'.repeat(39)} y`, 'x'.repeat(39)],
])('%s becomes %s', (name, slug) => {
  expect(slugFrom(name)).toBe(slug)
})
