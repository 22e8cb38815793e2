import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { serveForm } from './forms'
import { countRequest } from './procedure'
import { callOf } from './request'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const from = async (peer: string) => ({ call: await callOf(new Headers({ 'x-slotwise-peer': peer })) })
const form = (peer: string) =>
  serveForm(
    new Request('http://localhost/', {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
      headers: { 'x-slotwise-peer': peer },
    }),
    async () => new Response(null, { status: 204 }),
  )

/** What is counted is counted by the minute: begun early enough in one. */
beforeEach(async () => {
  const left = 60_000 - (Date.now() % 60_000)
  if (left < 15_000) await new Promise((resolve) => setTimeout(resolve, left + 100))
}, 30_000)

test('whoever has a whole network of addresses may write as often as whoever has one', async () => {
  const counted = async (peer: string) => (await countRequest(await from(peer), 'command')).remaining
  expect(await counted('2001:db8:7:7::1')).toBe(119)
  expect(await counted('2001:db8:7:7:ffff::2')).toBe(118)
  expect((await form('2001:db8:7:7::3')).status).toBe(204)
  expect(await counted('2001:db8:7:7::4')).toBe(116)
  expect(await counted('2001:db8:7:8::1')).toBe(119)
})

test('and may read as often', async () => {
  const counted = async (peer: string) => (await countRequest(await from(peer), 'query')).remaining
  expect(await counted('2001:db8:7:7::1')).toBe(1199)
  expect(await counted('2001:db8:7:7:ffff::2')).toBe(1198)
  expect(await counted('192.0.2.1')).toBe(1199)
  expect(await counted('192.0.2.2')).toBe(1199)
})
