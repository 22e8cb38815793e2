import { expect, test } from 'vitest'
import { answersIn, questions, wrongAnswers } from './model-questions'

const asked = questions.parse([
  { label: 'Which knee?', kind: 'choice', options: ['left', 'right'], required: true },
  { label: 'First visit?', kind: 'yes_no' },
  { label: 'Anything else?', kind: 'text' },
])

test('an answer that must be given is asked for by its question', () => {
  expect(wrongAnswers(asked, {})).toEqual({ 'answers.Which knee?': 'needs an answer' })
  expect(wrongAnswers(asked, { 'Which knee?': '  ' })).toEqual({ 'answers.Which knee?': 'needs an answer' })
})

test('a choice is one of those offered', () => {
  expect(wrongAnswers(asked, { 'Which knee?': 'both', 'First visit?': 'maybe' })).toEqual({
    'answers.Which knee?': 'is one of: left, right',
    'answers.First visit?': 'is one of: yes, no',
  })
  expect(wrongAnswers(asked, { 'Which knee?': 'left', 'First visit?': 'no', unasked: 'kept' })).toBeNull()
})

test('a choice without options, and a question asked twice, are no questions', () => {
  expect(questions.safeParse([{ label: 'A', kind: 'choice' }]).success).toBe(false)
  expect(questions.safeParse([{ label: 'A', kind: 'text', options: ['x'] }]).success).toBe(false)
  const twice = { label: 'A', kind: 'text' }
  expect(questions.safeParse([twice, twice]).success).toBe(false)
})

test('a form answers by the order of the questions, and what is empty is no answer', () => {
  const form = new URLSearchParams({
    'answer-0': ' left ',
    'answer-1': '',
    'answer-2': 'a dog',
    'answer-9': 'x',
  })
  expect(answersIn(form, asked)).toEqual({ 'Which knee?': 'left', 'Anything else?': 'a dog' })
})
