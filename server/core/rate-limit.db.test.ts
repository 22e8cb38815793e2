import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { newId } from './id'
import { countInDatabase, countInMemory } from './rate-limit'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const twoASecond = { name: 'test', max: 2, seconds: 1 }
const refused = { kind: 'rate_limited', data: { retryAfter: expect.any(Number) } }

test('a window begins with the first that is counted in it, wherever the clock stands', async () => {
  const [who, other] = [newId(), newId()]
  const twoInThree = { ...twoASecond, seconds: 3 }
  expect(await countInDatabase(twoInThree, who)).toMatchObject({ remaining: 1 })
  expect(await countInDatabase(twoInThree, who)).toMatchObject({ remaining: 0 })
  await expect(countInDatabase(twoInThree, who)).rejects.toMatchObject(refused)
  expect(await countInDatabase(twoInThree, other)).toMatchObject({ remaining: 1 })
  await vi.waitFor(
    async () => expect(await countInDatabase(twoInThree, who)).toMatchObject({ remaining: 1 }),
    {
      timeout: 15_000,
      interval: 200,
    },
  )
})

test('in memory too', () => {
  const [who, other] = [newId(), newId()]
  const at = (second: number) => countInMemory(twoASecond, who, 1_000_000_000_900 + second * 1000)
  expect(at(0)).toEqual({ limit: 2, remaining: 1, reset: 1 })
  expect(at(0.2)).toMatchObject({ remaining: 0 })
  expect(() => at(0.9)).toThrow('rate_limited')
  expect(countInMemory(twoASecond, other)).toMatchObject({ remaining: 1 })
  expect(at(1)).toMatchObject({ remaining: 1 })
})
