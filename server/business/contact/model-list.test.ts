import { expect, test } from 'vitest'
import { guessColumns, judgeList } from './model-list'

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
