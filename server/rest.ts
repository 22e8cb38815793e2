import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { Refusal, refuse } from '@/server/core/errors'
import { rateHeaders } from '@/server/core/rate-limit'
import { problem } from './problem'
import { createCallerFactory, type RequestContext, type Rest } from './procedure'
import { type Listed, procedures } from './procedures'
import { callOf, correlationOf, requireOwnOrigin, wantedLanguage } from './request'
import { queryFields } from './rest-fields'
import { appRouter } from './router'

type Route = { rest: Rest; path: string; pattern: RegExp; names: string[]; numbers: Set<string> }

/** The public HTTP interface, from the procedures' own descriptions. */
export const restProcedures = (): (Listed & { rest: Rest })[] =>
  procedures().filter((p): p is Listed & { rest: Rest } => p.rest !== null)

const routes: Route[] = restProcedures().map(({ rest, path, action }) => {
  const names = [...rest.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string)
  const pattern = new RegExp(`^${rest.path.replace(/\{\w+\}/g, '([^/]+)')}$`)
  return { rest, path, pattern, names, numbers: numericFields(action.input) }
})

/** A query string knows only text: which fields are numbers is said by the schema. */
function numericFields(schema: z.ZodType): Set<string> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { type?: string }>
  }
  return new Set(
    Object.entries(json.properties ?? {})
      .filter(([, p]) => p.type === 'integer' || p.type === 'number')
      .map(([name]) => name),
  )
}

const caller = createCallerFactory(appRouter)

export async function serveRest(request: Request): Promise<Response> {
  const correlationId = correlationOf(request.headers)
  try {
    const url = new URL(request.url)
    const path = url.pathname.replace(/^\/api\/v1/, '')
    const here = routes.filter((r) => r.pattern.test(path))
    if (here.length === 0) refuse('not_found')
    const route = here.find((r) => r.rest.method === methodOf(request))
    if (!route) refuse('method', 'method', { headers: { allow: here.map((r) => r.rest.method).join(', ') } })
    const call = { ...(await callOf(request.headers)), metadata: readerOf(request.headers) }
    if (call.actor.kind === 'user' && methodOf(request) !== 'GET') requireOwnOrigin(request.headers)
    const input = { ...(await fieldsOf(request, url, route)), ...pathFields(route, path) }
    const context: RequestContext = { call }
    const procedure = pick(caller(context), route.path)
    const body = await procedure(input)
    const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    if (context.allowance)
      for (const [name, value] of Object.entries(rateHeaders(context.allowance))) headers.set(name, value)
    return new Response(JSON.stringify(body), { status: route.rest.status ?? 200, headers })
  } catch (error) {
    return problem(error instanceof TRPCError ? (error.cause ?? error) : error, correlationId)
  }
}

/** What mails about it will be written in: the caller's language, where it is one of ours. */
function readerOf(headers: Headers): Record<string, string> {
  const language = wantedLanguage(headers)
  return language ? { language } : {}
}

/** HEAD is GET whose body the server leaves out. */
const methodOf = (request: Request): string => (request.method === 'HEAD' ? 'GET' : request.method)

function pick(root: unknown, path: string): (input: unknown) => Promise<unknown> {
  let at = root as Record<string, unknown>
  for (const part of path.split('.')) at = at[part] as Record<string, unknown>
  return at as unknown as (input: unknown) => Promise<unknown>
}

function pathFields(route: Route, path: string): Record<string, string> {
  const values = route.pattern.exec(path)?.slice(1) ?? []
  return Object.fromEntries(route.names.map((name, i) => [name, decoded(values[i] ?? '')]))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return refuse('not_found')
  }
}

async function fieldsOf(request: Request, url: URL, route: Route): Promise<Record<string, unknown>> {
  if (methodOf(request) === 'GET') {
    const fields = queryFields(url)
    for (const [name, text] of Object.entries(fields))
      if (route.numbers.has(name) && /^-?\d{1,15}(\.\d{1,10})?$/.test(text))
        (fields as Record<string, unknown>)[name] = Number(text)
    return fields
  }
  const unknown = [...url.searchParams.keys()]
  if (unknown.length > 0)
    throw new Refusal('malformed', 'malformed', {
      errors: { [unknown.join(', ')]: 'is not a field of this request' },
    })
  return jsonBody(request, route)
}

async function jsonBody(request: Request, route: Route): Promise<Record<string, unknown>> {
  const text = await request.text()
  if (text === '' && route.names.length > 0) return {}
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) refuse('media_type')
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new Refusal('malformed', 'malformed', { errors: { '(body)': 'is not JSON' } })
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal('malformed', 'malformed', { errors: { '(body)': 'is not an object' } })
  for (const name of route.names)
    if (Object.hasOwn(body, name))
      throw new Refusal('malformed', 'malformed', { errors: { [name]: 'belongs into the path' } })
  return body as Record<string, unknown>
}
