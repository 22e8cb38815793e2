import { z } from 'zod'
import type { Role } from './actor'

export type Retention = 'y1' | 'y3' | 'y7'

export type ReadRule = {
  /** Roles of the tenant that may read it. */
  roles: readonly Role[]
  /** Anybody may: it says nothing about a person. */
  public?: boolean
  /** The person it is about may. */
  subject?: boolean
  /** The bearer of this resource's token may. */
  bearer?: string
  /** Subscribers outside (webhooks, brokers) may. */
  external?: boolean
}

type Payload = Record<string, unknown>

export type EventDefinition<T extends string = string, D extends Payload = Payload> = {
  readonly type: T
  readonly aggregate: string
  readonly source: string
  readonly version: number
  readonly schema: z.ZodType<D>
  /** As `schema`, but private fields may be null: their person was erased. */
  readonly readSchema: z.ZodType<D>
  readonly retention: Retention
  /** The first event of its aggregate: the head must not exist yet. */
  readonly birth: boolean
  readonly private: readonly string[]
  readonly subject: ((data: D) => string) | null
  readonly topics: (e: { tenantId: string; aggregateId: string; data: D }) => string[]
  readonly canRead: ReadRule
  /** From the payload of the version before this one. */
  readonly upcast: ((old: Payload) => D) | null
}

/** What a verb appends. */
export type NewEvent = { definition: EventDefinition; aggregateId: string; data: Payload }

/** What readers see: the newest version, private fields opened, or null where the person was erased. */
export type StoredEvent<D = Payload> = {
  id: string
  type: string
  source: string
  tenantId: string
  aggregateType: string
  aggregateId: string
  version: number
  time: string
  recordedAt: string
  correlationId: string
  causationId: string | null
  actorId: string
  traceparent: string | null
  metadata: Record<string, string>
  topics: string[]
  position: Position
  data: D
}

export type Position = { epoch: number; xid: string; pos: string }

export type DefinedEvent<T extends string, D extends Payload> = EventDefinition<T, D> &
  ((aggregateId: string, data: D) => NewEvent)

/** The payload of a defined event. */
export type Data<E> = E extends EventDefinition<string, infer D> ? D : never

const grammar = /^([a-z]+)\.([a-z]+)\.([a-z]+(?:_[a-z]+)*)\.v([1-9]\d*)$/

/** One a process: bundles hold copies of this module, and a reader made by one must know the types of all. */
const shared = globalThis as { __slotwise_events?: Map<string, EventDefinition> }
shared.__slotwise_events ??= new Map()
const registry = shared.__slotwise_events

export function defineEvent<T extends string, S extends z.ZodObject>(
  type: T,
  options: {
    schema: S
    retention: Retention
    canRead: ReadRule
    birth?: boolean
    private?: readonly (keyof z.output<S> & string)[]
    subject?: (data: z.output<S>) => string
    topics?: (e: { tenantId: string; aggregateId: string; data: z.output<S> }) => string[]
    upcast?: (old: Payload) => z.output<S>
  },
): DefinedEvent<T, z.output<S>> {
  const parts = grammar.exec(type)
  if (!parts) throw new Error(`${type} is not domain.entity.action.vN`)
  const [, domain, entity, , version] = parts
  const hidden = options.private ?? []
  if (hidden.length > 0 && !options.subject) throw new Error(`${type} has private fields but no subject`)
  const loosened = Object.fromEntries(
    hidden.map((key) => [key, (options.schema.shape[key] as z.ZodType).nullable()]),
  )
  const definition = {
    type,
    aggregate: `${domain}.${entity}`,
    source: `/slotwise/${domain}`,
    version: Number(version),
    schema: options.schema,
    readSchema: hidden.length > 0 ? options.schema.extend(loosened) : options.schema,
    retention: options.retention,
    birth: options.birth ?? false,
    private: hidden,
    subject: options.subject ?? null,
    topics: options.topics ?? (() => []),
    canRead: options.canRead,
    upcast: options.upcast ?? null,
  } as unknown as EventDefinition<T, z.output<S>>
  const create = (aggregateId: string, data: z.output<S>): NewEvent => ({
    definition: definition as unknown as EventDefinition,
    aggregateId,
    data: definition.schema.parse(data),
  })
  registry.set(type, definition as unknown as EventDefinition)
  return Object.assign(create, definition) as DefinedEvent<T, z.output<S>>
}

export const definitionOf = (type: string): EventDefinition | undefined => registry.get(type)
export const allEvents = (): EventDefinition[] =>
  [...registry.values()].sort((a, b) => a.type.localeCompare(b.type))

const versioned = /^(.*)\.v(\d+)$/

/** Lifts an old payload to the newest version known; null for a type this build does not know. */
export function upcast(type: string, data: Payload): { definition: EventDefinition; data: Payload } | null {
  const [, stem, n] = versioned.exec(type) ?? []
  let definition = registry.get(type)
  let payload = data
  for (let next = Number(n) + 1; ; next++) {
    const newer = registry.get(`${stem}.v${next}`)
    if (!newer?.upcast) break
    payload = newer.upcast(payload)
    definition = newer
  }
  return definition ? { definition, data: payload } : null
}

export const jsonSchemaOf = (definition: EventDefinition): Record<string, unknown> => {
  const schema = z.toJSONSchema(definition.schema, { target: 'draft-2020-12', unrepresentable: 'any' })
  return {
    ...schema,
    title: definition.type,
    'x-private': definition.private,
    'x-retention': definition.retention,
  }
}
