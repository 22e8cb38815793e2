import type { DBTransactionAdapter, Where } from '@better-auth/core/db/adapter'
import { hashToken, newToken } from './token'

/** The column of each table whose value opens something, and which the database must not know. */
const secrets: Record<string, string> = { session: 'token', verification: 'identifier' }

const longestAgent = 300

type Row = Record<string, unknown>
type Asked<M extends keyof DBTransactionAdapter> = Parameters<
  Extract<DBTransactionAdapter[M], (data: never) => unknown>
>[0]

/**
 * The library's adapter, with secrets hashed on the way in. Rows found by a secret carry it again on the way out;
 * rows found otherwise carry only the hash, which opens nothing.
 */
export function hashingAdapter(inner: DBTransactionAdapter): DBTransactionAdapter {
  return {
    ...inner,
    create: async <T extends Row, R = T>({ data, ...args }: Asked<'create'>): Promise<R> => {
      const field = secrets[args.model]
      if (!field) return inner.create({ ...args, data })
      const given: Row = args.model === 'session' ? { ...data, ...newSession(data) } : data
      const secret = String(given[field])
      const row = await inner.create<Row, R>({ ...args, data: { ...given, [field]: hashToken(secret) } })
      return { ...row, [field]: secret }
    },
    findOne: async <T>(args: Asked<'findOne'>): Promise<T | null> => {
      const { where, reveal } = disguise(args.model, args.where)
      const row = await inner.findOne<T>({ ...args, where })
      return row && reveal(row)
    },
    findMany: async <T>(args: Asked<'findMany'>): Promise<T[]> => {
      const { where, reveal } = disguise(args.model, args.where ?? [])
      return (await inner.findMany<T>({ ...args, where })).map(reveal)
    },
    update: async <T>(args: Asked<'update'>): Promise<T | null> => {
      const { where, reveal } = disguise(args.model, args.where)
      const row = await inner.update<T>({ ...args, where, update: unchanged(args.model, args.update) })
      return row && reveal(row)
    },
    consumeOne: async <T>(args: Asked<'consumeOne'>): Promise<T | null> => {
      const { where, reveal } = disguise(args.model, args.where)
      const row = await inner.consumeOne<T>({ ...args, where })
      return row && reveal(row)
    },
    updateMany: (args) =>
      inner.updateMany({
        ...args,
        where: disguise(args.model, args.where).where,
        update: unchanged(args.model, args.update),
      }),
    delete: (args) => inner.delete({ ...args, where: disguise(args.model, args.where).where }),
    deleteMany: (args) => inner.deleteMany({ ...args, where: disguise(args.model, args.where).where }),
    count: (args) => inner.count({ ...args, where: disguise(args.model, args.where ?? []).where }),
  }
}

/** The library's own token has 190 bits, and browsers may call themselves anything at any length. */
const newSession = (data: Row) => ({
  token: newToken(),
  userAgent: typeof data.userAgent === 'string' ? data.userAgent.slice(0, longestAgent) : null,
})

function disguise(model: string, asked: Where[]): { where: Where[]; reveal: <T>(row: T) => T } {
  const field = secrets[model]
  if (!field) return { where: asked, reveal: (row) => row }
  const plain = new Map<unknown, string>()
  const hash = (value: string) => {
    const hashed = hashToken(value)
    plain.set(hashed, value)
    return hashed
  }
  const where = asked.map((w) => {
    if (w.field !== field) return w
    if (Array.isArray(w.value) && w.operator === 'in')
      return { ...w, value: w.value.map((v) => hash(String(v))) }
    if (typeof w.value === 'string' && (w.operator ?? 'eq') === 'eq') return { ...w, value: hash(w.value) }
    throw new Error(`${model}.${field} is kept as a hash and can only be compared for equality`)
  })
  const reveal = <T>(row: T): T => {
    const secret = plain.get((row as Row)[field])
    return secret === undefined ? row : { ...row, [field]: secret }
  }
  return { where, reveal }
}

function unchanged<U extends Row>(model: string, update: U): U {
  if ((secrets[model] ?? '') in update) throw new Error(`${model}.${secrets[model]} never changes`)
  return update
}
