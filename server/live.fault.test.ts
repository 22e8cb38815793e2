import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '@/db/testing-app'
import { type OpenStream, openStream } from '@/db/testing-stream'
import { someone, testWorld, type World } from '@/db/testing-world'
import { grantMembership } from '@/server/auth/membership/grant'
import { revokeMembership } from '@/server/auth/membership/revoke'
import { newCall } from '@/server/core/command'

let app: TestApp
let world: World

beforeAll(async () => {
  app = await startApp({ web: 2, workers: 1 })
  world = await testWorld({ durationMinutes: 30, stepMinutes: 30 })
})
afterAll(() => app.close())

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const times = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => {
    const n = from + i
    const half = n % 20
    return world.at(
      2 + Math.floor(n / 20),
      `${String(8 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`,
    )
  })

async function book(url: string, startTime: string, n = 0): Promise<number> {
  const body = JSON.stringify({
    providerId: world.providerId,
    serviceId: world.serviceId,
    startTime,
    client: someone(n),
  })
  const answer = await fetch(`${url}/api/v1/bookings`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  await answer.arrayBuffer()
  return answer.status
}

const web = (n: number) => app.web[n] as (typeof app.web)[number]
const calendar = (n: number) => `${web(n).url}/api/v1/providers/${world.providerId}/live`

async function until(check: () => boolean, ms = 10_000): Promise<void> {
  for (const end = Date.now() + ms; !check(); await pause(20))
    if (Date.now() > end) throw new Error('it did not come to pass')
}

test('what is booked at one process is told by the other within a second', async () => {
  const stream = await openStream(calendar(1))
  await until(() => stream.lastId !== null)
  const [startTime] = times(1) as [string]
  expect(await book(web(0).url, startTime)).toBe(201)
  await until(() => stream.frames.some((f) => f.event === 'availability'))
  const frame = stream.frames.find((f) => f.event === 'availability')
  expect(JSON.parse(frame?.data ?? '{}')).toMatchObject({ startTime, newStatus: 'booked' })
  stream.close()
})

test('a stream whose process is killed goes on at another from where it was: nothing lost, nothing twice', async () => {
  const wanted = times(60, 20)
  const seen: string[] = []
  let stream: OpenStream = await openStream(calendar(1), {}, (f) => seen.push(f.data))
  await until(() => stream.lastId !== null)
  const booking = (async () => {
    for (const [n, at] of wanted.entries()) expect(await book(web(0).url, at, n)).toBe(201)
  })()
  await until(() => seen.length >= 10)
  const broken = stream.ended
  await web(1).restart()
  expect(await broken).toBeDefined()
  stream = await openStream(calendar(0), { 'last-event-id': stream.lastId ?? '' }, (f) => seen.push(f.data))
  await booking
  await until(() => seen.length >= wanted.length)
  await pause(500)
  const told = seen.map((data) => JSON.parse(data).startTime as string)
  expect(told).toEqual(wanted)
  stream.close()
})

test('a member whose role is taken away is off the stream within five seconds, and hears nothing meanwhile', async () => {
  const origin = { origin: web(0).url, 'content-type': 'application/json' }
  const account = { email: 'revoked@example.com', password: 'correct horse battery' }
  const post = (path: string, body: unknown) =>
    fetch(`${web(0).url}/api/auth/${path}`, { method: 'POST', headers: origin, body: JSON.stringify(body) })
  expect((await post('sign-up/email', { ...account, name: 'Rae Voked' })).status).toBeLessThan(300)
  const signedIn = await post('sign-in/email', account)
  const cookie = signedIn.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  const said = (await signedIn.json()) as { user: { id: string } }
  expect(said, JSON.stringify(said)).toHaveProperty('user')
  const { user } = said
  const grant = { businessId: world.businessId, userId: user.id, role: 'admin' as const }
  const { membershipId } = await grantMembership.execute(grant, newCall(world.owner))
  const stream = await openStream(`${web(0).url}/api/live?topics=business:${world.businessId}`, { cookie })
  expect(stream.status).toBe(200)
  await until(() => stream.lastId !== null)
  await book(web(0).url, times(1, 200)[0] as string)
  await until(() => stream.frames.length > 0)
  await revokeMembership.execute({ businessId: world.businessId, membershipId }, newCall(world.owner))
  const revokedAt = Date.now()
  const heard = stream.frames.length
  void book(web(0).url, times(1, 201)[0] as string)
  await stream.ended
  expect(Date.now() - revokedAt).toBeLessThan(5000)
  expect(stream.frames.slice(heard).filter((f) => f.data.includes('booking.'))).toEqual([])
  const again = await openStream(`${web(0).url}/api/live?topics=business:${world.businessId}`, { cookie })
  expect(again.status).toBe(404)
})

test('SIGTERM with 100 open streams ends the process within five seconds, with no failed request', async () => {
  const streams = await Promise.all(Array.from({ length: 100 }, () => openStream(calendar(1))))
  expect(streams.every((s) => s.status === 200)).toBe(true)
  const failures: unknown[] = []
  let answered = 0
  let stopping = false
  const load = Array.from({ length: 8 }, async () => {
    while (!stopping || answered < 50) {
      try {
        const answer = await fetch(`${web(1).url}/api/v1/providers/${world.providerId}/availability`)
        await answer.arrayBuffer()
        if (answer.status >= 500) failures.push(answer.status)
        answered++
      } catch (error) {
        const code = (error as { cause?: { code?: string } }).cause?.code
        if (stopping && code === 'ECONNREFUSED') return
        failures.push(code ?? error)
        return
      }
    }
  })
  await until(() => answered > 50)
  const asked = Date.now()
  stopping = true
  const code = await web(1).terminate()
  expect(Date.now() - asked).toBeLessThan(5000)
  expect(code).toBe(0)
  await Promise.all(load)
  expect(failures).toEqual([])
  expect(await Promise.all(streams.map((s) => s.ended))).toEqual(streams.map(() => 'ended'))
})
