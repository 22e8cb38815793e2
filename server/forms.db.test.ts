import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { Refusal } from '@/server/core/errors'
import { draftIn, type Form, keptDraft, serveForm } from './forms'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const form = (fields: Record<string, string>): Form =>
  Object.assign(new URLSearchParams(fields), { file: () => null })
const wrong = new Refusal('malformed', 'malformed', {
  errors: { 'client.email': 'is no address', 'answers.Why?': 'is missing' },
})
const kept = (fields: Record<string, string>) => keptDraft('book:1', form(fields), wrong)
const again = (draft: string, name = 'book:1') => draftIn(name, { draft })

test('what was typed goes along sealed, with what is wrong with it, and neither token nor name of the form', () => {
  const draft = kept({ name: 'Ada', email: 'ada', once: 'x', hold: 'y', token: 'z', draft: 'before' })
  expect(draft).toMatch(/^[\w-]+$/)
  expect(again(draft)).toEqual({
    typed: { name: 'Ada', email: 'ada' },
    wrong: { email: 'is no address', 'answers.Why?': 'is missing' },
    code: 'malformed',
  })
})

test('it is of one form alone, and not for long', () => {
  const draft = kept({ name: 'Ada' })
  expect(again(draft, 'book:2')).toBeNull()
  expect(again(`${draft.slice(0, -1)}${draft.endsWith('A') ? 'B' : 'A'}`.slice(1))).toBeNull()
  vi.useFakeTimers({ now: Date.now() + 11 * 60_000 })
  expect(again(draft)).toBeNull()
  vi.useRealTimers()
})

test('long answers go along; what does not fit is left out, the longest first', () => {
  const letters = (n: number) => randomBytes(n).toString('hex').slice(0, n)
  const two = { 'answer-0': letters(1400), 'answer-1': letters(1400), name: 'Ada' }
  expect(again(kept(two))?.typed).toEqual(two)
  const draft = kept({ ...two, 'answer-2': letters(4000) })
  expect(draft.length).toBeLessThanOrEqual(3800)
  expect(again(draft)?.typed).toEqual(two)
})

test('where the database is away, people see a page that says so, and programs a problem', async () => {
  const ask = (accept: string, error: Error) =>
    serveForm(
      new Request('http://localhost/', { method: 'POST', headers: { accept }, body: new URLSearchParams() }),
      () => Promise.reject(error),
    )
  const away = Object.assign(new Error('gone'), { code: 'CONNECTION_ENDED' })
  expect((await ask('text/html', away)).headers.get('location')).toBe('/errors/unavailable')
  expect((await ask('text/html', new Error('unforeseen'))).headers.get('location')).toBe('/errors/internal')
  expect((await ask('*/*', away)).status).toBe(503)
})
