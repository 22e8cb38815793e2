import { z } from 'zod'
import { line } from '@/server/core/fields'

export const questionKinds = ['text', 'choice', 'yes_no'] as const

export const question = z
  .strictObject({
    /** What is asked; an answer is kept under these words, so that it can be read whatever is asked later. */
    label: line(120),
    kind: z.enum(questionKinds),
    options: z.array(line(80)).max(20).default([]),
    required: z.boolean().default(false),
  })
  .refine((q) => (q.kind === 'choice') === q.options.length >= 1, {
    path: ['options'],
    message: 'are for a choice, and a choice needs at least one',
  })
export type Question = z.output<typeof question>

export const questions = z
  .array(question)
  .max(20)
  .refine((all) => new Set(all.map((q) => q.label)).size === all.length, 'asks the same thing twice')

export type Answers = Record<string, string>

/** What is wrong with the answers, by question; null where nothing is. What was not asked may still be said. */
export function wrongAnswers(asked: readonly Question[], given: Answers): Record<string, string> | null {
  const wrong = asked.flatMap(({ label, kind, options, required }): [string, string][] => {
    const answer = given[label]?.trim() ?? ''
    if (answer === '') return required ? [[`answers.${label}`, 'needs an answer']] : []
    const choices = kind === 'choice' ? options : kind === 'yes_no' ? ['yes', 'no'] : null
    return choices && !choices.includes(answer)
      ? [[`answers.${label}`, `is one of: ${choices.join(', ')}`]]
      : []
  })
  return wrong.length > 0 ? Object.fromEntries(wrong) : null
}

/** What a form's fields `answer-0`, `answer-1` … say to the questions in their order. */
export const answersIn = (form: { get(name: string): string | null }, asked: readonly Question[]): Answers =>
  Object.fromEntries(
    asked.flatMap(({ label }, n) => {
      const said = form.get(`answer-${n}`)?.trim()
      return said ? [[label, said] as const] : []
    }),
  )
