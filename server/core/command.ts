import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { appDb, type Db, type Tx } from '@/db/client'
import type { Actor } from './actor'
import { isResourceToken, lockNumber, sha256 } from './crypto'
import { constraintOf, errorCode, isRefusal, Refusal, refuse, retryable } from './errors'
import type { NewEvent } from './events'
import { newId, platformTenant } from './id'
import { poke } from './live/poke'
import { append, type Expectation } from './log'
import { commandRetries, commandSeconds } from './metrics'
import { allSettled, sent } from './pipeline'
import { judge, type Policy } from './policy'
import { traced, traceparent } from './telemetry'

/** Who calls, and what the call belongs to. Ids flow from the click through every consequence. */
export type Call = {
  actor: Actor
  /** A link's token as presented; good for the one resource it was derived from. */
  bearer?: string | null
  /** Where the request came from, as the server saw it: what is capped is capped by this. */
  network?: string
  correlationId: string
  causationId?: string | null
  traceparent?: string | null
  metadata?: Record<string, string>
  idempotencyKey?: string | null
  /** A handler's claim on the event it works for: committed with the work, or not at all. */
  claim?: Claim
}

export type Claim = {
  db: Db
  /** False when the event was handled before: the work is skipped. */
  take(tx: Tx): Promise<boolean>
  settle(tx: Tx): Promise<void>
}

export type Context = {
  actor: Actor
  tenantId: string
  now: Date
  correlationId: string
  network: string | null
  append(events: readonly NewEvent[], expected?: Expectation): Promise<Record<string, number>>
}

type Definition<S extends z.ZodType, O> = Admission<S> & {
  name: string
  /** Names of what must stand still meanwhile; read again under the lock. */
  locks?: (tx: Tx, input: z.output<S>, call: Call, tenantId: string) => Promise<string[]> | string[]
  /** What a constraint's violation means here. */
  constraints?: Record<string, [code: string]>
  run: (tx: Tx, input: z.output<S>, context: Context) => Promise<O>
}

export type Command<I = unknown, O = unknown, P = unknown> = {
  readonly kind: 'command'
  readonly name: string
  readonly input: z.ZodType<P, I>
  readonly may: Policy
  readonly constraints: Record<string, [code: string]>
  execute(input: I, call: Call): Promise<O>
  /** What the call's key was answered with before, whatever was asked under it; null where nothing was. */
  answered(input: I, call: Call): Promise<O | null>
}

const attempts = 6

/** Skipped because its event was handled before: a handler's second delivery, never a person's call. */
export class AlreadyHandled extends Error {}

export function command<S extends z.ZodType, O>(
  definition: Definition<S, O>,
): Command<z.input<S>, O, z.output<S>> {
  const { name } = definition
  return {
    kind: 'command',
    name,
    input: definition.input as unknown as z.ZodType<z.output<S>, z.input<S>>,
    may: definition.may,
    constraints: definition.constraints ?? {},
    execute: (raw, call) =>
      traced(
        name,
        { 'slotwise.command': name },
        async () => {
          const end = commandSeconds.startTimer({ name })
          try {
            const answer = await perform(definition, raw, call)
            end({ outcome: 'ok' })
            return answer
          } catch (error) {
            end({ outcome: isRefusal(error) ? error.code : 'error' })
            throw error
          }
        },
        call.traceparent,
      ),
    answered: async (raw, given) => {
      const { input, tenantId, call } = await admit(definition, raw, given)
      if (!call.idempotencyKey) return null
      const key = keyOf(name, tenantId, call, input)
      return appDb().transaction(async (tx) => {
        const [, found] = await allSettled([enter(tx, tenantId, call), answerUnder<O>(tx, tenantId, key)])
        return found?.answer ?? null
      })
    },
  }
}

async function perform<S extends z.ZodType, O>(
  definition: Definition<S, O>,
  raw: unknown,
  given: Call,
): Promise<O> {
  const { input, tenantId, call } = await admit(definition, raw, given)
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(definition, input, tenantId, call)
    } catch (error) {
      if (isRefusal(error) || error instanceof AlreadyHandled) throw error
      const code = error instanceof KeysMoved ? 'keys_moved' : (errorCode(error) ?? '')
      if (attempt < attempts && (retryable.has(code) || code === 'keys_moved')) {
        commandRetries.inc({ name: definition.name, reason: code })
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 15 * 2 ** attempt))
        continue
      }
      throw meaning(definition, error)
    }
  }
}

export type Admission<S extends z.ZodType> = {
  input: S
  may: Policy
  /** The tenant a call is for; by default `businessId` of the input, else the platform's. */
  tenant?: (input: z.output<S>) => Promise<string | null> | string | null
  /** The resource a bearer's token must be for. */
  resource?: (input: z.output<S>) => string
}

/** Who may, before what: a stranger does not learn what a well-formed request would look like to us. */
export async function admit<S extends z.ZodType>(
  { input: schema, may, tenant, resource }: Admission<S>,
  raw: unknown,
  given: Call,
): Promise<{ input: z.output<S>; tenantId: string; call: Call }> {
  const bearer = may.kind === 'bearer' && given.bearer ? given.bearer : null
  if (!bearer && judge(may, given.actor, null, null) === 'unauthenticated') refuse('unauthenticated')
  const input = parse(schema, raw)
  const resourceId = resource?.(input) ?? null
  const call =
    bearer && may.kind === 'bearer' && resourceId
      ? { ...given, actor: bearerActor(bearer, may.resource, resourceId) }
      : given
  const named = (input as { businessId?: unknown } | undefined)?.businessId
  const tenantId = tenant ? await tenant(input) : typeof named === 'string' ? named : platformTenant
  const verdict = tenantId ? judge(may, call.actor, tenantId, resourceId) : 'not_found'
  if (verdict !== 'allowed') refuse(verdict)
  return { input, tenantId: tenantId as string, call }
}

function bearerActor(token: string, resource: string, resourceId: string): Actor {
  if (!isResourceToken(token, resource, resourceId)) refuse('not_found')
  return { kind: 'bearer', id: `${resource}:${resourceId}`, resource, resourceId }
}

export function parse<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  // Some would take it for the object's own ancestry: refused like any other name that is not a field.
  const ancestry = typeof raw === 'object' && raw !== null && Object.hasOwn(raw, '__proto__')
  const result = schema.safeParse(raw)
  if (result.success && !ancestry) return result.data
  const fields = new Map<string, string>(ancestry ? [['__proto__', unknownField]] : [])
  for (const issue of result.error?.issues.slice(0, 20) ?? [])
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys.slice(0, 20)) note(fields, [...issue.path, key.slice(0, 64)], unknownField)
    else note(fields, issue.path, issue.message)
  throw new Refusal('malformed', 'malformed', { errors: Object.fromEntries(fields) })
}

const unknownField = 'is not a field of this request'

function note(fields: Map<string, string>, path: PropertyKey[], problem: string): void {
  const at = path.map(String).join('.') || '(body)'
  if (!fields.has(at)) fields.set(at, problem)
}

class KeysMoved extends Error {}

/** policy and parsing are done; here: tenant, locks, re-read, decide, append, write, answer, in one transaction. */
async function once<S extends z.ZodType, O>(
  definition: Definition<S, O>,
  input: z.output<S>,
  tenantId: string,
  call: Call,
): Promise<O> {
  const touched = new Set<string>()
  const db = call.claim?.db ?? appDb()
  const answer = await db.transaction(async (tx) => {
    const idempotent = call.idempotencyKey ? keyOf(definition.name, tenantId, call, input) : null
    // Sent one behind the other without waiting: the transaction is the tenant's by the time its locks are asked for.
    const [, , { now, names, stored }] = await allSettled([
      taken(tx, call.claim),
      enter(tx, tenantId, call),
      lock<S, O>(tx, definition, input, call, tenantId, idempotent),
    ])
    if (stored) return stored.answer
    if (names.length > 0 && definition.locks) {
      const again = await definition.locks(tx, input, call, tenantId)
      if ([...again].sort().join('\n') !== names.join('\n')) throw new KeysMoved()
    }
    const provenance = {
      tenantId,
      actorId: call.actor.id,
      correlationId: call.correlationId,
      causationId: call.causationId ?? null,
      traceparent: traceparent(call.traceparent),
      metadata: call.metadata,
    }
    const result = await definition.run(tx, input, {
      actor: call.actor,
      tenantId,
      now,
      correlationId: call.correlationId,
      network: call.network ?? null,
      append: async (events, expected) => {
        const appended = await append(tx, provenance, events, expected)
        for (const topic of appended.topics) touched.add(topic)
        return appended.versions
      },
    })
    if (idempotent) await storeAnswer(tx, tenantId, idempotent, result)
    await call.claim?.settle(tx)
    return result
  })
  if (touched.size > 0) poke([...touched])
  return answer
}

/** The transaction becomes the tenant's: row-level security answers for everything that follows. */
export function enter(tx: Tx, tenantId: string, call: Pick<Call, 'actor' | 'claim'>): Promise<unknown> {
  const person = call.actor.kind === 'user' ? call.actor.userId : ''
  const role = call.claim ? sql`set_config('role', 'slotwise_app', true), ` : sql``
  return sent(
    tx.execute(
      sql`select ${role}set_config('app.tenant', ${tenantId}, true), set_config('app.user', ${person}, true)`,
    ),
  )
}

async function taken(tx: Tx, claim: Claim | undefined): Promise<void> {
  if (claim && !(await claim.take(tx))) throw new AlreadyHandled()
}

type Locked<O> = { now: Date; names: string[]; stored: { answer: O } | null }

/** Advisory locks take no transaction id, so the log stays in order per aggregate. The clock is read once they are held. */
async function lock<S extends z.ZodType, O>(
  tx: Tx,
  definition: Definition<S, O>,
  input: z.output<S>,
  call: Call,
  tenantId: string,
  idempotent: IdempotencyKey | null,
): Promise<Locked<O>> {
  const asked = definition.locks?.(tx, input, call, tenantId) ?? []
  const names = [...(asked instanceof Promise ? await asked : asked)].sort()
  const numbers = [...new Set([...names, ...(idempotent ? [idempotent.keyHash] : [])])].map(lockNumber).sort()
  const held = sent(
    tx.execute<{ now: number }>(
      numbers.length === 0
        ? sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`
        : sql`with held as materialized (
                select count(*) from (select pg_advisory_xact_lock(n) from (
                  select n::bigint as n from jsonb_array_elements_text(${JSON.stringify(numbers)}::text::jsonb) as t(n) order by 1) s) l)
              select (extract(epoch from clock_timestamp()) * 1000)::float8 as now from held`,
    ),
  )
  const [[row], stored] = await allSettled([held, idempotent && storedAnswer<O>(tx, tenantId, idempotent)])
  return { now: new Date(row?.now ?? Number.NaN), names, stored }
}

type IdempotencyKey = { keyHash: string; bodyHash: string }

function keyOf(name: string, tenantId: string, call: Call, input: unknown): IdempotencyKey {
  return {
    keyHash: sha256(`${name}\n${tenantId}\n${call.actor.id}\n${call.idempotencyKey}`),
    bodyHash: sha256(JSON.stringify(input)),
  }
}

const answerUnder = async <O>(tx: Tx, tenantId: string, { keyHash }: IdempotencyKey) =>
  (
    await tx.execute<{ body_hash: string; answer: O }>(sql`
      select body_hash, answer from idempotency_key
      where tenant_id = ${tenantId} and key_hash = ${keyHash} and expires_at > clock_timestamp()`)
  )[0]

async function storedAnswer<O>(tx: Tx, tenantId: string, key: IdempotencyKey): Promise<{ answer: O } | null> {
  const row = await answerUnder<O>(tx, tenantId, key)
  if (!row) return null
  if (row.body_hash !== key.bodyHash) refuse('unprocessable', 'idempotency_key_reused')
  return { answer: row.answer }
}

async function storeAnswer(tx: Tx, tenantId: string, key: IdempotencyKey, answer: unknown): Promise<void> {
  await tx.execute(sql`
    insert into idempotency_key (tenant_id, key_hash, body_hash, answer, expires_at)
    values (${tenantId}, ${key.keyHash}, ${key.bodyHash}, ${JSON.stringify(answer ?? null)}::text::jsonb, clock_timestamp() + interval '24 hours')
    on conflict (tenant_id, key_hash) do update set body_hash = excluded.body_hash, answer = excluded.answer, expires_at = excluded.expires_at`)
}

/** A constraint spoke the last word: say it as the verb would have. */
function meaning<S extends z.ZodType, O>(definition: Definition<S, O>, error: unknown): unknown {
  const refusal = definition.constraints?.[constraintOf(error) ?? '']
  if (refusal) return new Refusal('conflict', refusal[0])
  if (errorCode(error) === '23505') return new Refusal('conflict', 'already_exists')
  if (retryable.has(errorCode(error) ?? '')) return new Refusal('unavailable', 'busy')
  return error
}

export const newCall = (actor: Actor, over: Partial<Call> = {}): Call => ({
  actor,
  correlationId: newId(),
  ...over,
})

/** One call that asks for several things: each is done once under its key. */
export const oncePer = (call: Call, part: string): Call =>
  call.idempotencyKey ? { ...call, idempotencyKey: `${call.idempotencyKey}:${part}` } : call
