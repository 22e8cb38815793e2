import { expect, test } from 'vitest'
import { guessColumns, judgeList, signsOf } from './model-list'

test('columns are guessed from their names, in both languages, each once', () => {
  expect(guessColumns([['Vorname', 'Nachname', 'E-Mail-Adresse', 'Handy', 'PLZ', 'Bemerkungen']])).toEqual({
    head: true,
    columns: ['firstName', 'lastName', 'email', 'phone', 'skip', 'note'],
  })
  expect(guessColumns([['Full Name', 'Email', 'Email 2', 'Mobile phone']]).columns).toEqual([
    'name',
    'email',
    'skip',
    'phone',
  ])
})

test('a family name that is called just Name, a last visit, and what only looks like a number', () => {
  const rows = [
    ['Name', 'Vorname', 'E-Mail', 'Cancelled'],
    ['Müller', 'Hans', 'hans@example.com', 'yes'],
  ]
  const guess = guessColumns(rows)
  expect(guess.columns).toEqual(['lastName', 'firstName', 'email', 'skip'])
  expect(judgeList(rows, guess, new Set())[0]?.person?.name).toBe('Hans Müller')
  const chosen = { head: true, columns: ['name', 'firstName', 'email', 'skip'] as const }
  expect(judgeList(rows, chosen, new Set())[0]?.person?.name).toBe('Hans Müller')
  expect(guessColumns([['Name', 'Email', 'Phone', 'Last', 'Next']]).columns).toEqual([
    'name',
    'email',
    'phone',
    'skip',
    'skip',
  ])
  expect(guessColumns([['First', 'Last', 'Cell']]).columns).toEqual(['firstName', 'lastName', 'phone'])
})

test('without names of columns what stands in them tells', () => {
  expect(guessColumns([['Ada Lovelace', 'ada@example.com', "'+44 20 7946 0000"]])).toEqual({
    head: false,
    columns: ['name', 'email', 'phone'],
  })
  expect(guessColumns([])).toEqual({ head: false, columns: [] })
})

test('each line is taken over, or says why not', () => {
  const rows = [
    ['Name', 'Email', 'Phone'],
    ['Ada', 'Ada@Example.com', ''],
    ['Ada again', 'ada@example.com', ''],
    ['', 'nobody@example.com', ''],
    ['Bob', 'not an address', ''],
    ['Cleo', '', '12'],
    ['Dora', 'dora@example.com', ''],
    ['=cmd|"/C calc"!A0', '', "'+49 30 1234567"],
    ['Emil'],
  ]
  const judged = judgeList(rows, guessColumns(rows), new Set(['dora@example.com']))
  expect(judged.map(({ line, problem }) => [line, problem])).toEqual([
    [2, null],
    [3, 'twice'],
    [4, 'name'],
    [5, 'email'],
    [6, 'phone'],
    [7, 'known'],
    [8, null],
    [9, null],
  ])
  expect(judged[0]?.person).toEqual({ name: 'Ada', email: 'ada@example.com', phone: null })
  expect(judged[6]?.person).toEqual({ name: '=cmd|"/C calc"!A0', email: null, phone: '+49 30 1234567' })
  expect(judged[7]?.person).toEqual({ name: 'Emil', email: null, phone: null })
})

test('who has no address is known again by name and number', () => {
  const columns = ['name', 'email', 'phone'] as const
  const rows = [
    ['Rui Falcão', '', '+49 (30) 123-4567'],
    ['rui falcão', '', '+49301234567'],
    ['Rui Falcão', '', '+49 30 7654321'],
    ['Rui Falcão', 'rui@example.com', '+49 30 1234567'],
  ]
  const problems = (known: string[]) =>
    judgeList(rows, { head: false, columns }, new Set(known)).map(({ problem }) => problem)
  expect(problems([])).toEqual([null, 'twice', null, null])
  const signs = signsOf({ name: 'Rui Falcão', email: null, phone: '+49 30 1234567' })
  expect(problems(signs)).toEqual(['known', 'known', null, null])
})
