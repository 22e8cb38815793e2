import { makePgArray } from 'drizzle-orm/pg-core'

/** One of a list as PostgreSQL writes it. */
const member = /"((?:[^"\\]|\\.)*)"|[^,{}]+/gs

const listOf = (type: number, read: (text: string) => unknown = (text) => text) => ({
  to: type,
  from: [type],
  serialize: (list: unknown) => (Array.isArray(list) ? makePgArray(list) : list),
  parse: (list: string) =>
    [...list.matchAll(member)].map(([bare, quoted]) => {
      if (quoted !== undefined) return read(quoted.replace(/\\(.)/gs, '$1'))
      return bare === 'NULL' ? null : read(bare)
    }),
})

/**
 * The lists that we send and read, of one dimension. Left to itself postgres.js asks the server for the types of all lists
 * on every new connection, and where that connection is lost meanwhile, nobody can catch what this question throws.
 */
export const lists = { text: listOf(1009), uuid: listOf(2951), int: listOf(1007, Number) }
