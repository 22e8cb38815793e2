import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appDb, connect, type Tx } from './client'
import { mostPrepared } from './preparing'
import { type TestDatabase, testDatabase } from './testing'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const keptOf = async (tx: Tx) =>
  (
    await tx.execute<{ statement: string }>(
      sql`select statement from pg_prepared_statements where statement like '%$1%'`,
    )
  ).map(({ statement }) => statement)

test('a statement is parsed and planned once a connection, at every depth of a transaction', async () => {
  const kept = await appDb().transaction(async (tx) => {
    await tx.execute(sql`select ${1}::int as outer_one`)
    await tx.transaction((inner) => inner.execute(sql`select ${2}::int as inner_one`))
    return keptOf(tx)
  })
  expect(kept).toContain('select $1::int as outer_one')
  expect(kept).toContain('select $1::int as inner_one')
})

test('a statement that fails spoils nothing that comes after it', async () => {
  const divide = (by: number) => appDb().execute<{ n: number }>(sql`select 6 / ${by}::int as n`)
  await expect(divide(0)).rejects.toThrow()
  expect(await divide(2)).toEqual([{ n: 3 }])
  await expect(divide(0)).rejects.toThrow()
  const saved = await appDb().transaction(async (tx) => {
    await tx.transaction((inner) => inner.execute(sql`select 6 / ${0}::int as n`)).catch(() => {})
    return tx.execute<{ n: number }>(sql`select 6 / ${3}::int as n`)
  })
  expect(saved).toEqual([{ n: 2 }])
})

test('lists of every length do not pile up in a connection', async () => {
  const kept = await appDb().transaction(async (tx) => {
    for (let n = 1; n <= mostPrepared + 20; n++)
      await tx.execute(sql`select ${n}::int as ${sql.identifier(`n${n}`)}`)
    return keptOf(tx)
  })
  expect(kept.length).toBeGreaterThan(mostPrepared - 20)
  expect(kept.length).toBeLessThanOrEqual(mostPrepared)
})

test('lists go there and back as they are, and a new connection need not ask what a list is', async () => {
  const texts = ['', 'a, b', 'say "so"', 'C:\\dir', '{braces}', 'null', 'ümlaut\n']
  const uuids = ['00000000-0000-4000-8000-000000000001']
  const [row] = await appDb().execute(sql`
    select ${sql.param(texts)}::text[] as texts, ${sql.param(uuids)}::uuid[] as uuids,
           ${sql.param([3, -1])}::int[] as ints, ${sql.param([])}::text[] as none, array['NULL', null] as nothing`)
  expect(row).toEqual({ texts, uuids, ints: [3, -1], none: [], nothing: ['NULL', null] })
  const asked: string[] = []
  const fresh = connect(db.url, { max: 1, debug: (_, text) => asked.push(text) })
  await fresh.db.execute(sql`select 1`)
  await fresh.sql.end()
  expect(asked).toEqual(['select 1'])
})
