import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { person, testWorld } from '@/db/testing-world'
import { grantMembership } from '@/server/auth/membership/grant'
import { type Call, newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { showBoard } from '@/server/scheduling/calendar/show-board'
import { linkProvider } from './link'
import { listedProvider } from './list'
import { setFeed } from './set-feed'
import { setRoom } from './set-room'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

test('a calendar becomes somebody’s own, and nobody’s again; a stranger’s it never is', async () => {
  const w = await testWorld()
  const { businessId, providerId } = w
  const own = newCall(w.owner)
  const userId = newId()
  await expect(linkProvider.execute({ businessId, providerId, userId }, own)).rejects.toMatchObject({
    code: 'not_found',
  })
  await grantMembership.execute({ businessId, userId, role: 'provider' }, own)
  const theirs = newCall(person(userId, [{ tenantId: businessId, role: 'provider' }]))
  const seen = async () =>
    (await showBoard.execute({ businessId, from: '2026-05-14' }, theirs)).providers.map((p) => p.id)
  expect(await seen()).toEqual([])
  await linkProvider.execute({ businessId, providerId, userId }, own)
  expect(await seen()).toEqual([providerId])
  await linkProvider.execute({ businessId, providerId, userId: null }, own)
  expect(await seen()).toEqual([])
})

test('what opens a room or a calendar is told to whoever tends it, and to no colleague', async () => {
  const { owner, businessId, providerId } = await testWorld()
  const own = newCall(owner)
  const link = 'https://meet.example/room?pwd=secret'
  await setRoom.execute({ businessId, providerId, link }, own)
  const { feedId } = await setFeed.execute({ businessId, providerId, open: true }, own)
  const userId = newId()
  await grantMembership.execute({ businessId, userId, role: 'provider' }, own)
  const shown = async (call: Call) => {
    const { roomLink, feedId } = await listedProvider.execute({ businessId, providerId }, call)
    return { roomLink, feedId }
  }
  const theirs = newCall(person(userId, [{ tenantId: businessId, role: 'provider' }]))
  expect(feedId).toBeTruthy()
  expect(await shown(own)).toEqual({ roomLink: link, feedId })
  expect(await shown(theirs)).toEqual({ roomLink: null, feedId: null })
  await linkProvider.execute({ businessId, providerId, userId }, own)
  expect(await shown(theirs)).toEqual({ roomLink: link, feedId })
})
