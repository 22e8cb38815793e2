import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { userIdOf } from '@/server/auth/user/queries'
import { signUp } from '@/server/auth/user/sign-up'
import { vouchFor } from '@/server/auth/user/vouch-for'
import { demoDomain, people } from './world'

const loginSchema = z.strictObject({ role: z.string(), email: z.string(), password: z.string() })
export type Login = z.infer<typeof loginSchema>

/** What was told to people once the world was whole, and what is noted down before it is begun. */
const told = (dir: string) => join(dir, 'demo.json')
const noted = (dir: string) => join(dir, 'demo.json.part')

export const isTold = (dir: string): boolean => existsSync(told(dir))
export const isNoted = (dir: string): boolean => existsSync(noted(dir))

/** Passwords are noted before any account is made: who goes on after an interruption still knows them. */
export function noteLogins(dir: string): Login[] {
  if (isNoted(dir)) return z.array(loginSchema).parse(JSON.parse(readFileSync(noted(dir), 'utf8')))
  const logins = people.map(({ login, role }) => ({ role, email: addressOf(login), password: newPassword() }))
  mkdirSync(dir, { recursive: true })
  writeFileSync(noted(dir), `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 })
  return logins
}

export const tellLogins = (dir: string): void => renameSync(noted(dir), told(dir))

export const addressOf = (login: string): string => `${login}@${demoDomain}`

// Without those that are taken for one another when read off a screen.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const newPassword = (): string =>
  [4, 4, 4, 4]
    .map((n) => Array.from({ length: n }, () => letters[randomInt(letters.length)]).join(''))
    .join('-')

export type UserOf = (login: string) => Promise<string>

/** Makes the accounts that are not there yet. Whoever needs one waits for that one: hashing passwords takes its time. */
export function signUpAll(logins: readonly Login[]): UserOf {
  const ids = new Map(logins.map((login) => [login.email, signUpOne(login)]))
  return async (login) => {
    const userId = await ids.get(addressOf(login))
    if (!userId) throw new Error(`the demo's ${login} has no account`)
    return userId
  }
}

async function signUpOne({ email, password }: Login): Promise<string | null> {
  const name = people.find(({ login }) => addressOf(login) === email)?.name ?? email
  await signUp({ name, email, password })
  const userId = await userIdOf(email)
  if (userId) await vouchFor(userId)
  return userId
}
