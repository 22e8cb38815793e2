import { expect, test } from 'vitest'
import { wordsIn } from '@/server/notification/template/model-words'
import { bookingWords } from './words'

test('until when cancelling is free is said as people say it, on the pages and in mails', () => {
  const { en, de } = bookingWords
  expect([0, 1, 24].map((hours) => en.cancelTerms(hours, 50).split(';')[0])).toEqual([
    'Cancel free of charge until it begins',
    'Cancel free of charge until an hour before',
    'Cancel free of charge until 24 hours before',
  ])
  expect([0, 1, 24].map((hours) => de.cancelTerms(hours, 50).split(' kostenlos')[0])).toEqual([
    'Absagen ist bis zum Beginn',
    'Absagen ist bis eine Stunde vorher',
    'Absagen ist bis 24 Stunden vorher',
  ])
  const mailed = (language: 'en' | 'de', hours: number) => wordsIn[language].policy.fee(hours, '50 %', '10 €')
  expect(mailed('en', 0)).toContain('free until it begins;')
  expect(mailed('de', 0)).toContain('bis zum Beginn kostenlos')
  expect(mailed('de', 1)).toContain('bis 1 Stunde vor Beginn')
})
