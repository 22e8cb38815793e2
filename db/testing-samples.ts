import { z } from 'zod'
import type { World } from './testing-world'

type Json = Record<string, unknown>
type Schema = {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  minLength?: number
  minimum?: number
  pattern?: string
  format?: string
}

/** A well-formed id of nothing. */
const nobody = '00000000-0000-7000-8000-00000000dead'

const office = [['09:00', '17:00']]

/** Values for the fields whose meaning a schema cannot say. */
const byName = (world: World, other: Record<string, string>): Json => ({
  businessId: world.businessId,
  providerId: world.providerId,
  serviceId: world.serviceId,
  serviceIds: [world.serviceId],
  startTime: world.at(5, '10:00'),
  endTime: world.at(5, '11:00'),
  startDate: world.at(5, '10:00').slice(0, 10),
  from: world.at(5, '10:00').slice(0, 10),
  date: world.at(5, '10:00').slice(0, 10),
  timeZone: 'Europe/Berlin',
  slug: `sample-${world.businessId.slice(-10)}`,
  rules: { timeZone: 'Europe/Berlin', weekly: { '1': office }, overrides: {} },
  place: 'online',
  link: 'https://meet.example.org/room',
  client: { name: 'Sample Person', email: 'sample@example.com' },
  holder: 'a-holder-with-enough-letters',
  role: 'agent',
  rrule: 'FREQ=WEEKLY',
  time: '17:00',
  region: 'DE-BE',
  url: 'https://calendars.example.org/sample.ics',
  currency: 'EUR',
  language: 'en',
  changes: { name: 'Renamed' },
  items: [{ providerId: world.providerId, serviceId: world.serviceId, startTime: world.at(6, '10:00') }],
  wish: { kind: 'time', providerId: world.providerId, startTime: world.at(5, '10:00') },
  ...other,
})

/** A well-formed input for a procedure, from its own schema, about the things of one world. */
export function sampleInput(input: z.ZodType, world: World, other: Record<string, string> = {}): Json {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema
  const known = byName(world, other)
  const made: Json = {}
  for (const [name, field] of Object.entries(schema.properties ?? {}))
    if (schema.required?.includes(name) || name in other)
      made[name] = Object.hasOwn(known, name) ? known[name] : /(^i|I)d$/.test(name) ? nobody : sampleOf(field)
  return made
}

/** Every field, and every field of the objects among them: what to say to give it a value. */
export function fieldsOf(input: z.ZodType): { name: string; saying: (value: unknown) => Json }[] {
  const { properties } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Schema
  return Object.entries(properties ?? {}).flatMap(([name, schema]) => [
    { name, saying: (value) => ({ [name]: value }) },
    ...Object.keys(schema.properties ?? {}).map((inner) => ({
      name: `${name}.${inner}`,
      saying: (value: unknown) => ({ [name]: { ...(sampleOf(schema) as Json), [inner]: value } }),
    })),
  ])
}

function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sampleOf(schema.anyOf[0] as Schema)
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, 30)
    case 'boolean':
      return true
    case 'array':
      return []
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [
          name,
          name === 'id' ? nobody : sampleOf(schema.properties?.[name] ?? {}),
        ]),
      )
    default:
      if (schema.format === 'date-time') return '2027-01-04T09:00:00Z'
      return schema.format === 'email' ? 'sample@example.com' : 'sample'.padEnd(schema.minLength ?? 0, 'x')
  }
}
