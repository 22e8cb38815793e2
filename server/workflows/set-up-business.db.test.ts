import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { assertInvariants } from '@/db/invariants'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { person } from '@/db/testing-world'
import { createBusiness } from '@/server/business/business/create'
import { systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { Refusal } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { setUpBusiness } from './set-up-business'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

type Faults = { __slotwise_crash?: (point: string) => void }
afterEach(() => {
  ;(globalThis as Faults).__slotwise_crash = undefined
})

class PowerCut extends Error {}

/** The process ends at this point, once. */
function crashOnceAt(wanted: string, error: Error = new PowerCut(wanted)): () => boolean {
  let crashed = false
  ;(globalThis as Faults).__slotwise_crash = (point) => {
    if (point !== wanted || crashed) return
    crashed = true
    throw error
  }
  return () => crashed
}

async function newBusiness() {
  const ownerId = newId()
  const { businessId } = await createBusiness.execute(
    { name: 'Fresh', slug: `fresh-${ownerId.slice(-10)}`, timeZone: 'Europe/Berlin' },
    newCall(person(ownerId)),
  )
  const start = {
    businessId,
    name: 'Fresh',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    language: 'en',
    ownerId,
  }
  return {
    businessId,
    run: (last = false) => setUpBusiness(start, newCall(systemActor('set-up-business')), { last }),
  }
}

const things = async (businessId: string) => {
  const [row] = await db.owner<{ services: number; providers: number; archived: number; said: number }[]>`
    select (select count(*)::int from service where tenant_id = ${businessId} and status = 'active') as services,
           (select count(*)::int from provider where tenant_id = ${businessId} and status = 'active') as providers,
           (select count(*)::int from service where tenant_id = ${businessId} and status = 'archived') as archived,
           (select count(*)::int from event_log where tenant_id = ${businessId} and type = 'platform.workflow.compensated.v1') as said`
  return row
}

const forward = ['service.before', 'service.after', 'provider.before', 'provider.after']
const backward = ['service.undo.before', 'service.undo.after']

describe('killed at each step and run again', () => {
  test.each(forward)('%s: everything is done, once', async (point) => {
    const { businessId, run } = await newBusiness()
    const crashed = crashOnceAt(`set-up-business.${point}`)
    await expect(run()).rejects.toThrow(PowerCut)
    expect(crashed()).toBe(true)
    expect(await run()).toBe('done')
    expect(await run()).toBe('done')
    expect(await things(businessId)).toEqual({ services: 1, providers: 1, archived: 0, said: 0 })
  })

  test.each(backward)('%s, while undoing: everything is undone, once', async (point) => {
    const { businessId, run } = await newBusiness()
    let refused = false
    let cut = false
    ;(globalThis as Faults).__slotwise_crash = (at) => {
      if (at === 'set-up-business.provider.before') {
        refused = true
        throw new Refusal('conflict', 'not_offered')
      }
      if (at === `set-up-business.${point}` && !cut) {
        cut = true
        throw new PowerCut(at)
      }
    }
    await expect(run()).rejects.toThrow(PowerCut)
    expect([refused, cut]).toEqual([true, true])
    expect(await run()).toBe('compensated')
    expect(await run()).toBe('compensated')
    expect(await things(businessId)).toEqual({ services: 0, providers: 0, archived: 1, said: 1 })
  })
})

test('a step that cannot succeed undoes what was done, and says so', async () => {
  const { businessId, run } = await newBusiness()
  crashOnceAt('set-up-business.provider.before', new Refusal('conflict', 'not_offered'))
  expect(await run()).toBe('compensated')
  expect(await things(businessId)).toEqual({ services: 0, providers: 0, archived: 1, said: 1 })
})

test('the last failed attempt undoes too', async () => {
  const { businessId, run } = await newBusiness()
  crashOnceAt('set-up-business.provider.before')
  await expect(run(true)).resolves.toBe('compensated')
  expect(await things(businessId)).toEqual({ services: 0, providers: 0, archived: 1, said: 1 })
})

test('two deliveries at once do it once', async () => {
  const { businessId, run } = await newBusiness()
  const results = await Promise.allSettled([run(), run(), run()])
  expect(results.some((r) => r.status === 'fulfilled')).toBe(true)
  await run()
  expect(await things(businessId)).toEqual({ services: 1, providers: 1, archived: 0, said: 0 })
  await assertInvariants(db.owner)
})
