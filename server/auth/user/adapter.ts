import type { BetterAuthOptions } from '@better-auth/core'
import type { DBAdapter, DBTransactionAdapter, Where } from '@better-auth/core/db/adapter'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { eq } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { account, passkey, session, user, verification } from '@/db/schema'
import type { NewEvent } from '@/server/core/events'
import { rfc3339 } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { poke } from '@/server/core/live/poke'
import { lockPerson, planNotice, recordPerson } from './capabilities'
import { noteFault } from './cause'
import { userCreated, userUpdated } from './events'
import { hashingAdapter } from './hashing-adapter'
import { namesOf, type Profile, profileChanges } from './model'
import { forget } from './session'

const tables = { user, session, account, verification, passkey }

type Kept = Profile & { id: string; name: string; email: string }

/**
 * Where the library keeps people: every write runs in a transaction, and one that changes a person appends the fact
 * first. Nothing above this can change a person silently, whichever endpoint or plugin it is.
 */
export const authAdapter =
  (db: Db) =>
  (options: BetterAuthOptions): DBAdapter => {
    const at = (place: Db | Tx) =>
      watched(
        hashingAdapter(
          drizzleAdapter(place, { provider: 'pg', schema: tables, transaction: false })(options),
        ),
      )
    const transaction: DBAdapter['transaction'] = async (work) => {
      const topics = new Set<string>()
      const answer = await db.transaction((tx) => work(recording(tx, at(tx), topics)))
      if (topics.size > 0) poke([...topics])
      return answer
    }
    const outside = at(db)
    return watched({
      ...outside,
      create: (args) => transaction((t) => t.create(args)),
      update: (args) => transaction((t) => t.update(args)),
      updateMany: (args) => transaction((t) => t.updateMany(args)),
      delete: async (args) => {
        await transaction((t) => t.delete(args))
        if (args.model === 'session') forget()
      },
      deleteMany: async (args) => {
        const count = await transaction((t) => t.deleteMany(args))
        if (args.model === 'session') forget()
        return count
      },
      consumeOne: (args) => transaction((t) => t.consumeOne(args)),
      incrementOne: (args) => transaction((t) => t.incrementOne(args)),
      transaction,
    })
  }

/** Inside a transaction: the fact, then the row. */
function recording(tx: Tx, rows: DBTransactionAdapter, topics: Set<string>): DBTransactionAdapter {
  const record = async (userId: string, ...events: NewEvent[]) => {
    for (const topic of await recordPerson(tx, userId, events)) topics.add(topic)
  }
  const updateUser = async <T>(args: { where: Where[]; update: Partial<Profile> }): Promise<T | null> => {
    const found = await rows.findOne<Kept>({ model: 'user', where: args.where })
    if (!found) return null
    const where = [{ field: 'id', value: found.id }]
    await lockPerson(tx, found.id)
    const before = await rows.findOne<Kept>({ model: 'user', where })
    if (!before) return null
    const changes = profileChanges(before, args.update)
    if (Object.keys(changes).length > 0)
      await record(found.id, userUpdated(found.id, { userId: found.id, changes }))
    return rows.update<T>({ model: 'user', where, update: args.update })
  }
  /** A new password ends every session and is told to its owner, whoever set it and however. */
  const newPassword = async (where: Where[]) => {
    const owners = await rows.findMany<{ userId: string }>({ model: 'account', where })
    for (const userId of new Set(owners.map((owner) => owner.userId))) {
      await lockPerson(tx, userId)
      const [person] = await tx.select().from(user).where(eq(user.id, userId))
      const notice = person && (await planNotice(tx, person, 'password_changed', new Date()))
      const changed = userUpdated(userId, { userId, changes: { password: 'changed' } })
      await record(userId, changed, ...(notice?.events ?? []))
      for (const write of notice?.write ?? []) await write(tx)
      await tx.delete(session).where(eq(session.userId, userId))
    }
  }
  return {
    ...rows,
    create: async <T extends Record<string, unknown>, R = T>(
      args: Parameters<DBTransactionAdapter['create']>[0],
    ): Promise<R> => {
      if (args.model === 'passkey') {
        const { userId } = args.data as { userId: string }
        await lockPerson(tx, userId)
        await record(userId, userUpdated(userId, { userId, changes: { passkey: 'added' } }))
      }
      if (args.model !== 'user') return rows.create(args)
      const person = { id: newId(), ...args.data } as Kept & { createdAt: Date }
      await record(person.id, born(person))
      return rows.create({ ...args, data: person, forceAllowId: true })
    },
    update: async (args) => {
      if (args.model === 'user') return updateUser(args)
      if (args.model === 'account' && 'password' in args.update) await newPassword(args.where)
      return rows.update(args)
    },
    updateMany: async (args) => {
      if (args.model === 'user') notSilently()
      if (args.model === 'account' && 'password' in args.update) await newPassword(args.where)
      return rows.updateMany(args)
    },
    delete: async (args) => (args.model === 'user' ? notSilently() : rows.delete(args)),
    deleteMany: async (args) => (args.model === 'user' ? notSilently() : rows.deleteMany(args)),
    consumeOne: async (args) => (args.model === 'user' ? notSilently() : rows.consumeOne(args)),
    incrementOne: async (args) => (args.model === 'user' ? notSilently() : rows.incrementOne(args)),
  }
}

const born = ({ id, name, email, createdAt }: Kept & { createdAt: Date }): NewEvent =>
  userCreated(id, {
    userId: id,
    email,
    ...namesOf(name),
    role: 'client',
    businessId: null,
    createdAt: rfc3339(createdAt),
  })

function notSilently(): never {
  throw new Error('people are changed one at a time, and erased by a verb of its own')
}

type Member = (...args: unknown[]) => unknown

function watched<A extends object>(adapter: A): A {
  const watch =
    (member: Member) =>
    async (...args: unknown[]) => {
      try {
        return await member(...args)
      } catch (error) {
        noteFault(error)
        throw error
      }
    }
  const members = Object.entries(adapter).map(([name, member]) => [
    name,
    typeof member === 'function' ? watch(member as Member) : member,
  ])
  return Object.fromEntries(members) as A
}
