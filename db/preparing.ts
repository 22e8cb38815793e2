import type postgres from 'postgres'

/** Lists of every length are statements of their own: no connection keeps more than this of them. */
export const mostPrepared = 600

type Transact = (body: (tx: postgres.TransactionSql) => unknown) => Promise<unknown>

/**
 * What drizzle-orm needs of a client, with statements that are prepared: it asks for each without, and postgres.js then
 * has it described in a round trip of its own, parsed and planned anew every time, and sends nothing together with it.
 * Each is sent in the order in which it was asked for, whoever waits for it first.
 */
export function preparing(sql: postgres.Sql, known = new Set<string>()): postgres.Sql {
  const isKept = (text: string) => known.has(text) || (known.size < mostPrepared && known.add(text).has(text))
  const within =
    (transact: Transact): Transact =>
    (body) =>
      transact((tx) => body(preparing(tx as unknown as postgres.Sql, known) as never))
  const { begin, savepoint } = sql as unknown as { begin: Transact; savepoint: Transact }
  return {
    options: sql.options,
    unsafe: (text: string, params: never[], options: object) =>
      sql.unsafe(text, params, { ...options, prepare: isKept(text) }).execute(),
    begin: within(begin),
    savepoint: within(savepoint),
  } as unknown as postgres.Sql
}
