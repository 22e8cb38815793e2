import { z } from 'zod'
import { config } from '@/server/core/config'
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
        default: {
          description: 'Refused',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    }
  }
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
