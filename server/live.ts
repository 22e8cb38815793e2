import './events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { actorOf, forget } from '@/server/auth/user/session'
import { type Actor, anonymous } from '@/server/core/actor'
import { parse } from '@/server/core/command'
import { isResourceToken } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import type { Render } from '@/server/core/live/event'
import { hub } from '@/server/core/live/hub'
import { ResponseSink } from '@/server/core/live/sink'
import { userOf } from '@/server/core/live/stream'
import { availabilityFields } from '@/server/scheduling/calendar/watch'
import { authorise } from './live-topics'
import { problem } from './problem'
import { correlationOf, networkAsking } from './request'
import { queryFields } from './rest-fields'

export const streamCaps = { perUser: 5, perAddress: 20, topics: 20 }

type Wanted = {
  topics: string[]
  lastEventId: string | undefined
  render: Render
  whoNow: () => Promise<Actor[]>
}

type Route = [path: RegExp, wanted: (url: URL, headers: Headers, name: string) => Wanted]

const routes: Route[] = [
  // The app's own stream: which fact of which thing, as hints. What they mean is asked of authorised queries.
  [
    /^\/api\/live$/,
    (url, headers) => {
      const { topics, lastEventId } = parse(input, queryFields(url))
      return { topics, lastEventId, render: hint, whoNow: () => viewersOf(headers, topics) }
    },
  ],
  // A provider's availability as it changes, for anybody.
  [
    /^\/api\/v1\/providers\/([^/]+)\/live$/,
    (url, _headers, provider) => {
      const { lastEventId } = parse(publicInput, queryFields(url))
      const topics = [`calendar:${provider.toLowerCase()}`]
      return { topics, lastEventId, render: availability, whoNow: async () => [anonymous] }
    },
  ],
]

const pathOf = (req: IncomingMessage) => req.url?.split('?', 1)[0] ?? ''
const routeOf = (req: IncomingMessage) => routes.find(([path]) => path.test(pathOf(req)))

export const isLive = (req: IncomingMessage): boolean => routeOf(req) !== undefined

/** Answers with a stream, or with a problem. */
export async function serveLive(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const headers = credentials(req)
  try {
    const route = routeOf(req) ?? refuse('not_found')
    if (req.method !== 'GET' && req.method !== 'HEAD')
      refuse('method', 'method', { headers: { allow: 'GET' } })
    const url = new URL(req.url ?? '', 'http://live')
    await open(req, res, headers, route[1](url, headers, route[0].exec(url.pathname)?.[1] ?? ''))
  } catch (error) {
    await send(problem(error, correlationOf(headers)), res)
  }
}

async function open(
  req: IncomingMessage,
  res: ServerResponse,
  headers: Headers,
  wanted: Wanted,
): Promise<void> {
  const { topics, render, whoNow } = wanted
  const again = async () => {
    const viewers = await whoNow()
    await authorise(topics, viewers)
    return viewers
  }
  const live = hub()
  live.watch('sessions', forgetPerson)
  const since = live.moment()
  const viewers = await again()
  // Nobody would read the stream of a HEAD.
  if (req.method === 'HEAD') return void res.writeHead(200, streamHeaders).end()
  const lastEventId = headers.get('last-event-id') ?? wanted.lastEventId ?? null
  const countedAs = capOf(viewers, headers)
  const sink = new ResponseSink(res, streamHeaders)
  const leave = await live.follow({ topics, viewers, since, countedAs, render, again, lastEventId }, sink)
  if (res.destroyed) leave()
  else res.once('close', leave)
}

/** What a session allows is remembered for a moment, until the log names its person, in whichever process. */
function forgetPerson(topic: string): void {
  if (topic.startsWith('user:')) forget(topic.slice('user:'.length))
}

async function send(answer: Response, res: ServerResponse): Promise<void> {
  for (const [name, value] of answer.headers) res.setHeader(name, value)
  res.writeHead(answer.status).end(await answer.text())
}

/** Compressed or buffered on the way, an event would arrive with the next one. */
const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

const position = z.string().max(100)
const publicInput = z.strictObject({ lastEventId: position.optional() })
const input = publicInput.extend({
  topics: z
    .string()
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(z.string().min(1, 'names nothing').max(80)).max(streamCaps.topics)),
})

/** All that must be kept of a request to ask again who it is from. */
function credentials({ headers }: IncomingMessage): Headers {
  const kept = new Headers()
  for (const name of ['cookie', 'authorization', 'x-slotwise-peer', 'x-request-id', 'last-event-id']) {
    const value = headers[name]
    if (typeof value === 'string') kept.set(name, value)
  }
  return kept
}

const bearerTokens = /^Bearer ([\w-]{20,200}(?:,[\w-]{20,200}){0,19})$/

/** One stream serves all of a browser's tabs, so it may bring several links' tokens: `Bearer a,b`. */
async function viewersOf(headers: Headers, topics: readonly string[]): Promise<Actor[]> {
  const person = headers.get('cookie') ? await actorOf(headers) : anonymous
  const authorization = headers.get('authorization')
  const tokens = bearerTokens.exec(authorization ?? '')?.[1]?.split(',') ?? []
  if (authorization && tokens.length === 0) refuse('unauthenticated')
  const bearers = topics.flatMap((topic) => bearerFor(topic, tokens))
  return [person, ...bearers]
}

function bearerFor(topic: string, tokens: readonly string[]): Actor[] {
  const [resource, resourceId] = topic.split(':')
  if (!resource || !resourceId || !tokens.some((token) => isResourceToken(token, resource, resourceId)))
    return []
  return [{ kind: 'bearer', id: topic, resource, resourceId }]
}

/** A person has streams of their own; visitors share those of their address, an IPv6 network counting as one. */
function capOf(viewers: readonly Actor[], headers: Headers): { name: string; most: number } {
  const userId = userOf(viewers)
  if (userId) return { name: `user:${userId}`, most: streamCaps.perUser }
  return { name: `address:${networkAsking(headers)}`, most: streamCaps.perAddress }
}

const hint: Render = ({ type, aggregateId, version, topics, data }) => ({
  event: 'hint',
  data: { type, aggregateId, version, topics, ...availabilityFields(type, data) },
})

/** A change that is not one time's (hours, a slot written or withdrawn) means: read the calendar again. */
const availability: Render = ({ type, data }) => {
  const said = availabilityFields(type, data)
  if (said) return { event: 'availability', data: said }
  return data.origin === 'implied' ? null : { event: 'reset', data: { reason: 'changed' } }
}
