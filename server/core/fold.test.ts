import { expect, test } from 'vitest'
import { z } from 'zod'
import { type DataKey, newDataKey, sealField } from './crypto'
import { type Data, defineEvent } from './events'
import { BrokenHistory, defineAggregate, type FoldRow, fold } from './fold'
import { newId } from './id'
import { UnreadableEvent } from './log'

const opened = defineEvent('fold.account.opened.v1', {
  birth: true,
  schema: z.strictObject({ id: z.string(), owner: z.string(), balance: z.int() }),
  retention: 'y1',
  private: ['owner'],
  subject: (d) => d.id,
  canRead: { roles: [] },
})
const paidOld = defineEvent('fold.account.paid.v1', {
  schema: z.strictObject({ euros: z.int() }),
  retention: 'y1',
  canRead: { roles: [] },
})
const paid = defineEvent('fold.account.paid.v2', {
  schema: z.strictObject({ cents: z.int() }),
  retention: 'y1',
  canRead: { roles: [] },
  upcast: (old) => ({ cents: Number(old.euros) * 100 }),
})

type Account = { balance: number; owner: string | null }
defineAggregate({
  events: { opened, paid },
  evolve: {
    'fold.account.opened.v1': (_: Account | null, d: Data<typeof opened>): Account => ({
      balance: d.balance,
      owner: d.owner,
    }),
    'fold.account.paid.v2': (s: Account, d: Data<typeof paid>): Account => ({
      ...s,
      balance: s.balance + d.cents,
    }),
  },
  rows: null,
})

const id = newId()
const row = (version: number, type: string, data: Record<string, unknown>): FoldRow => ({
  id: newId(),
  type,
  aggregate_type: 'fold.account',
  aggregate_id: id,
  version,
  data,
})
const key: DataKey = { keyId: newId(), key: newDataKey() }
const born = row(1, opened.type, { id, owner: sealField('Ada', key, 'x.owner'), balance: 100 })

test('given events of several versions of one type, when folded, then each counts as the newest', () => {
  const rows = [born, row(2, paidOld.type, { euros: 2 }), row(3, paid.type, { cents: 5 })]
  expect(fold(rows)).toEqual({ version: 3, state: { balance: 305, owner: null } })
})

test('given a person, when their key is gone, then the fold is what it was', () => {
  const erased = { ...born, data: { ...born.data, owner: null } }
  expect(fold([erased])).toEqual(fold([born]))
})

test('given a snapshot, when folded from there, then what it covers is not counted again', () => {
  const rows = [born, row(2, paid.type, { cents: 5 }), row(3, paid.type, { cents: 7 })]
  expect(fold(rows, fold(rows.slice(0, 2)))).toEqual(fold(rows))
  expect(fold(rows.slice(2), fold(rows.slice(0, 2)))).toEqual(fold(rows))
})

test.each([
  ['a hole', [born, row(3, paid.type, { cents: 5 })]],
  ['a version twice', [born, row(2, paid.type, { cents: 5 }), row(2, paid.type, { cents: 5 })]],
  ['no beginning', [row(2, paid.type, { cents: 5 })]],
])('given %s, when folded, then it says so', (_, rows) => {
  expect(() => fold(rows)).toThrow(BrokenHistory)
})

test('given a type of a later release, when folded, then its version counts and nothing else changes', () => {
  expect(fold([born, row(2, 'fold.account.frozen.v1', {})])).toEqual({
    version: 2,
    state: { balance: 100, owner: null },
  })
})

test('given a payload its schema does not know, when folded, then the event is named', () => {
  const broken = row(2, paid.type, { cents: 'many' })
  expect(() => fold([born, broken])).toThrow(UnreadableEvent)
  expect(() => fold([born, broken])).toThrow(broken.id)
})
