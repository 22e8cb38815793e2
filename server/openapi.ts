import { z } from 'zod'
import { config } from '@/server/core/config'
import { availabilityInput } from '@/server/scheduling/calendar/show-availability'
import { restProcedures } from './rest'

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Record<string, unknown>
  return json as { properties?: Record<string, unknown>; required?: string[] } & Record<string, unknown>
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'correlationId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    errors: { type: 'object', additionalProperties: { type: 'string' } },
    correlationId: { type: 'string', format: 'uuid' },
  },
}

const refused = {
  description: 'Refused',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

/** OpenAPI 3.1 of the public interface, from the same schemas that check the requests. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { rest, action, path } of restProcedures()) {
    const { properties = {}, required = [], ...shape } = jsonSchema(action.input, 'input')
    const inPath = [...rest.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string)
    const others = Object.keys(properties).filter((name) => !inPath.includes(name))
    const parameter = (name: string, where: 'path' | 'query') => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      schema: properties[name],
    })
    const body = {
      ...shape,
      properties: Object.fromEntries(others.map((name) => [name, properties[name]])),
      required: required.filter((name) => !inPath.includes(name)),
    }
    const bearer = action.may.kind === 'bearer'
    const key = `/api/v1${rest.path}`
    const operations = paths[key] ?? {}
    paths[key] = operations
    operations[rest.method.toLowerCase()] = {
      operationId: path,
      summary: rest.summary,
      ...(bearer ? { security: [{ manageToken: [] }] } : { security: [] }),
      parameters: [
        ...inPath.map((name) => parameter(name, 'path')),
        ...(rest.method === 'GET' ? others.map((name) => parameter(name, 'query')) : [idempotencyKey]),
      ],
      ...(rest.method === 'POST'
        ? {
            requestBody: {
              required: body.required.length > 0,
              content: { 'application/json': { schema: body } },
            },
          }
        : {}),
      responses: {
        [rest.status ?? 200]: {
          description: rest.summary,
          content: { 'application/json': { schema: jsonSchema(rest.answer, 'output') } },
        },
        default: refused,
      },
    }
  }
  paths['/api/v1/providers/{id}/availability'] = { get: availabilityOperation() }
  paths['/api/v1/providers/{id}/live'] = { get: liveOperation }
  return {
    openapi: '3.1.0',
    info: { title: 'SlotWise', version: '1', description: 'Find a time, book it, move it, cancel it.' },
    servers: [{ url: config().PUBLIC_URL }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        manageToken: { type: 'http', scheme: 'bearer', description: 'The manageToken of the booking' },
      },
    },
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 8, maxLength: 200 },
}

const providerParameter = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
}
const at = { type: 'string', format: 'date-time' }
const time = {
  type: 'object',
  required: ['startTime', 'endTime', 'status', 'seatsLeft'],
  properties: {
    startTime: at,
    endTime: at,
    status: { enum: ['available', 'held', 'booked', 'blocked'] },
    seatsLeft: { type: 'integer' },
    slotId: { type: 'string', format: 'uuid' },
    place: {
      type: 'string',
      description: '`online`, or a venue by its id, which `places` names. Left out where none is told.',
    },
  },
}
const availabilityAnswer = {
  type: 'object',
  required: ['providerId', 'serviceId', 'timeZone', 'version', 'places', 'days'],
  properties: {
    providerId: { type: 'string', format: 'uuid' },
    serviceId: { type: 'string', format: 'uuid' },
    timeZone: { type: 'string' },
    version: { type: 'string' },
    places: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'name', 'city', 'timeZone'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          name: { type: 'string' },
          city: { type: 'string' },
          timeZone: { type: 'string' },
        },
      },
    },
    days: {
      type: 'array',
      items: {
        type: 'object',
        required: ['date', 'slots'],
        properties: { date: { type: 'string', format: 'date' }, slots: { type: 'array', items: time } },
      },
    },
  },
}

/** Conditional answers are a route of their own; its parameters come from the schema that checks them. */
function availabilityOperation() {
  const { properties = {} } = jsonSchema(availabilityInput, 'input')
  const { providerId: _, ...fields } = properties
  const query = Object.entries(fields).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  }))
  const ifNoneMatch = { name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } }
  return {
    operationId: 'calendar.availability',
    summary: 'The times of a provider, day by day',
    security: [],
    parameters: [providerParameter, ...query, ifNoneMatch],
    responses: {
      200: {
        description: 'The times, with an ETag',
        headers: { ETag: { schema: { type: 'string' } } },
        content: { 'application/json': { schema: availabilityAnswer } },
      },
      304: { description: 'Unchanged' },
      default: refused,
    },
  }
}

const liveOperation = {
  operationId: 'calendar.live',
  summary: 'What changes in a provider’s availability, as server-sent events',
  security: [],
  parameters: [
    providerParameter,
    { name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'string' } },
  ],
  responses: {
    200: {
      description:
        '`availability` with date, startTime, endTime and newStatus; `reset` when everything should be read again; pings',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
    default: refused,
  },
}
