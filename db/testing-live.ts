import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { someoneSignedIn } from '@/db/testing-browser'
import { someone, testWorld, type World } from '@/db/testing-world'
import { grantMembership } from '@/server/auth/membership/grant'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous, type Role } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { FrontDoor } from '@/server/core/front-door'
import { newId } from '@/server/core/id'
import { hub, stopHub } from '@/server/core/live/hub'
import { Listener } from '@/server/core/live/testing'
import { serveLive } from '@/server/live'

/** A business whose streams are served as in production, and people who follow them. */
export let world: World
export const open: Listener[] = []

let db: TestDatabase
const port = 20_000 + Math.floor(Math.random() * 20_000)
const door = new FrontDoor({
  handlers: [
    async (req, res) => {
      await serveLive(req, res)
      return true
    },
  ],
  app: async () => {},
  proxies: { hops: 1 },
  drainSeconds: 1,
})

export function serveStreams(): void {
  beforeAll(async () => {
    db = await testDatabase()
    world = await testWorld()
    await door.listen(port, '127.0.0.1')
  })
  afterAll(async () => {
    await stopHub()
    door.server.close()
    await db.drop()
  })
  afterEach(async () => {
    for (const listener of open.splice(0)) listener.leave()
    await vi.waitFor(() => expect(hub().size).toBe(0), 5000)
  })
}

type Ask = {
  headers?: HeadersInit | (() => Headers)
  peer?: string
  method?: string
  signal?: AbortSignal
}

export function ask(path: string, { headers, peer = '192.0.2.1', ...init }: Ask = {}): Promise<Response> {
  const all = new Headers(typeof headers === 'function' ? headers() : headers)
  all.set('x-forwarded-for', peer)
  return fetch(`http://127.0.0.1:${port}${path}`, { headers: all, ...init })
}
export const askFor = (topics: string, how: Ask = {}) => ask(`/api/live?topics=${topics}`, how)
export const calendarPath = (providerId: string) => `/api/v1/providers/${providerId}/live`

export async function listen(response: Promise<Response>): Promise<Listener> {
  const answer = await response
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
  const listener = Listener.of(answer)
  open.push(listener)
  await listener.when(() => listener.comments > 0)
  return listener
}

export const follow = (topics: string, how: Ask = {}) => listen(askFor(topics, how))
export const watch = (how: Ask = {}) => listen(ask(calendarPath(world.providerId), how))

export const refusal = async (response: Promise<Response>) => {
  const answer = await response
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) }
}

let nextDay = 3
/** A booking of its own day each, so that nothing stands in another's way. */
export const book = (client = someone()) =>
  bookAppointment.execute(
    {
      providerId: world.providerId,
      serviceId: world.serviceId,
      startTime: world.at(nextDay++, '10:00'),
      client,
    },
    newCall(anonymous),
  )

/** Somebody signed in, with a role in the business. */
export async function member(role: Role) {
  const who = await someoneSignedIn(`${newId()}@example.com`)
  const { membershipId } = await grantMembership.execute(
    { businessId: world.businessId, userId: who.userId, role },
    newCall(world.owner),
  )
  return { ...who, membershipId }
}
