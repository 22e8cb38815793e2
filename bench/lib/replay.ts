import { randomBytes } from 'node:crypto'
import { lockNumber } from '@/server/core/crypto'
import { newId } from '@/server/core/id'
import { calendarLock } from '@/server/scheduling/calendar/capabilities'
import type { Exchange, Statement } from './statements'

/** Whom and when a booking is for. */
export type Subject = {
  tenantId: string
  providerId: string
  serviceId: string
  startsAt: number
  email: string
}

type Fill = (subject: Subject, fresh: Map<string, string>) => unknown
type Template = { text: string; params: Fill[] }

/** One booking's statements with blanks where another booking would differ: whom, when, and every id of its own. */
export function template(exchanges: readonly Exchange[], of: Subject): Template[][] {
  return exchanges.map((exchange) =>
    exchange.map(({ text, params }) => ({ text, params: params.map((param) => fill(text, param, of)) })),
  )
}

export const filled = (templates: readonly Template[][], subject: Subject): Exchange[] => {
  const fresh = new Map<string, string>()
  return templates.map((exchange) =>
    exchange.map(
      ({ text, params }): Statement => ({ text, params: params.map((one) => one(subject, fresh)) }),
    ),
  )
}

const token =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|[\w.]+@example\.com/g
const isHash = /^[\w-]{43}$/
const hour = 3_600_000

function fill(text: string, param: unknown, of: Subject): Fill {
  if (text.includes('pg_advisory_xact_lock'))
    return ({ providerId }) =>
      JSON.stringify([lockNumber(calendarLock(providerId)), lockNumber(newId())].sort())
  if (typeof param === 'number' && param > 1e9)
    return ({ startsAt }) => param + (startsAt - of.startsAt) / 1000
  if (typeof param !== 'string') return () => param
  if (isHash.test(param)) return (_, fresh) => once(fresh, param, () => randomBytes(32).toString('base64url'))
  const between = param.split(token)
  const found = [...param.matchAll(token)].map(([value]) => blank(value, of))
  if (found.length === 0) return () => param
  return (subject, fresh) =>
    found.reduce((line, one, i) => line + one(subject, fresh) + between[i + 1], between[0] ?? '')
}

function blank(value: string, of: Subject): (subject: Subject, fresh: Map<string, string>) => string {
  for (const name of ['tenantId', 'providerId', 'serviceId', 'email'] as const)
    if (value === of[name]) return (subject) => subject[name]
  if (!value.includes('T')) return (_, fresh) => once(fresh, value, newId)
  const ahead = Date.parse(value) - of.startsAt
  if (Math.abs(ahead) > hour) return () => value
  const form = value.includes('.') ? (at: string) => at : (at: string) => at.replace('.000Z', 'Z')
  return ({ startsAt }) => form(new Date(startsAt + ahead).toISOString())
}

function once(made: Map<string, string>, name: string, make: () => string): string {
  const known = made.get(name) ?? make()
  made.set(name, known)
  return known
}
