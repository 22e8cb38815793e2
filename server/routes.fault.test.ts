import { globSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '@/db/testing-app'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ web: 1, workers: 0 })
})
afterAll(() => app.close())

/** Every route there is, and the two that the server answers itself: what is new is covered on the day it is written. */
const routes = [
  ...globSync('app/**/route.ts').map((file) =>
    file
      .replace(/^app/, '')
      .replace(/\/route\.ts$/, '')
      .replace(/\/\([^)]+\)/g, ''),
  ),
  '/api/live',
  '/api/v1/providers/[id]/live',
  '/api/v1/providers/[id]/availability',
]
const names = [
  'x',
  '00000000-0000-7000-8000-000000000000',
  '%00',
  '..%2f..%2fetc',
  '\u202e',
  "'; drop table slot; --",
  'x'.repeat(3000),
]
const queries = [
  '',
  '?a=1&a=2',
  '?__proto__=1',
  '?topics=%00',
  '?token=%ff',
  `?q=${'x'.repeat(3000)}`,
  '?days=1e9&startDate=9999-99-99',
]
const bodies: [string, string][] = [
  ['application/json', '{'],
  ['application/json', '[]'],
  ['application/json', '{"__proto__":{"admin":true},"x":"\\u0000"}'],
  ['application/x-www-form-urlencoded', `a=${'x'.repeat(5000)}&hold=%00&startTime=never`],
  ['text/plain', 'x'],
  ['multipart/form-data; boundary=x', '--x--'],
]

const written = async () => (await app.owner<{ n: number }[]>`select count(*)::int as n from event_log`)[0]?.n

test.each([...new Set(routes)])(
  '%s answers whatever it is sent with less than 500, and writes nothing',
  async (route) => {
    const origin = app.web[0]?.url as string
    const before = await written()
    const wrong: string[] = []
    const ask = async (method: string, path: string, init: RequestInit = {}) => {
      const leave = new AbortController()
      const answer = await fetch(`${origin}${path}`, {
        method,
        redirect: 'manual',
        signal: leave.signal,
        ...init,
      })
      const type = answer.headers.get('content-type') ?? ''
      const typed =
        !path.startsWith('/api/') ||
        method === 'HEAD' ||
        answer.status < 400 ||
        type.startsWith('application/problem+json') ||
        path.startsWith('/api/trpc')
      if (answer.status >= 500 || !typed)
        wrong.push(`${method} ${path.slice(0, 90)}: ${answer.status} ${type}`)
      leave.abort()
    }
    for (const name of names) {
      const path = route.replace(/\[[^\]]+\]/g, encodeURI(name))
      for (const query of queries) await ask('GET', `${path}${query}`)
      for (const method of ['HEAD', 'PUT', 'PATCH', 'DELETE']) await ask(method, path)
      for (const [type, body] of bodies)
        await ask('POST', path, { body, headers: { 'content-type': type, origin } })
    }
    expect(wrong).toEqual([])
    expect(await written()).toBe(before)
  },
  60_000,
)
