import { describe, expect, test, vi } from 'vitest'
import { someoneSignedIn } from '@/db/testing-browser'
import {
  ask,
  askFor,
  book,
  calendarPath,
  follow,
  member,
  open,
  refusal,
  serveStreams,
  watch,
  world,
} from '@/db/testing-live'
import { someone } from '@/db/testing-world'
import { grantMembership } from './auth/membership/grant'
import { revokeMembership } from './auth/membership/revoke'
import { endOtherSessions } from './auth/user/end-session'
import { newCall } from './core/command'
import { newId } from './core/id'
import { hub } from './core/live/hub'
import type { Listener } from './core/live/testing'
import { streamCaps } from './live'

serveStreams()

describe('rights that end', () => {
  const types = (listener: Listener) => listener.heard.map((h) => h.data.type)

  test('a revoked member hears nothing more, and the stream ends; those who stay hear of it', async () => {
    const [leaver, stayer] = [await member('admin'), await member('admin')]
    const topic = `business:${world.businessId}`
    const [left, stays] = await Promise.all([follow(topic, leaver), follow(topic, stayer)])
    await book()
    await left.until((h) => h.data.type === 'booking.appointment.confirmed.v1')
    left.heard.length = 0
    const { membershipId } = leaver
    await revokeMembership.execute({ businessId: world.businessId, membershipId }, newCall(world.owner))
    const { id } = await book()
    await left.untilEnded(5000)
    expect(types(left)).toEqual([])
    await stays.until((h) => h.data.type === 'auth.membership.revoked.v1')
    await stays.until((h) => h.data.aggregateId === id)
    expect(await refusal(askFor(`${topic}`, leaver))).toMatchObject({
      status: 404,
      topic,
    })
  })

  test('taken away by another process: nobody here was told, yet the stream ends', async () => {
    const leaver = await member('admin')
    const stream = await follow(`business:${world.businessId}`, leaver)
    const telling = globalThis as { __slotwise_pokes?: unknown }
    const ours = telling.__slotwise_pokes
    telling.__slotwise_pokes = undefined
    try {
      await revokeMembership.execute(
        { businessId: world.businessId, membershipId: leaver.membershipId },
        newCall(world.owner),
      )
    } finally {
      telling.__slotwise_pokes = ours
    }
    await book()
    await stream.untilEnded(5000)
    expect(types(stream)).not.toContain('booking.appointment.created.v1')
  })

  test('a role less is not all roles less: the stream goes on with what is left', async () => {
    const who = await member('admin')
    await grantMembership.execute(
      { businessId: world.businessId, userId: who.userId, role: 'provider' },
      newCall(world.owner),
    )
    const stream = await follow(`business:${world.businessId}`, who)
    await revokeMembership.execute(
      { businessId: world.businessId, membershipId: who.membershipId },
      newCall(world.owner),
    )
    const { id } = await book(someone(newId()))
    await stream.until((h) => h.data.aggregateId === id)
    expect(stream.ended).toBe(false)
    expect(types(stream)).not.toContain('business.contact.created.v1')
    // It happened to them, so they hear of it, whatever they may read otherwise.
    expect(types(stream)).toContain('auth.membership.revoked.v1')
  })

  test('ending a session ends its streams, and no others', async () => {
    const who = await someoneSignedIn(`${newId()}@example.com`)
    const topic = `user:${who.userId}`
    const stream = await follow(topic, who)
    await endOtherSessions(who.userId, newId())
    await stream.untilEnded(5000)
    expect(await refusal(askFor(`${topic}`, who))).toMatchObject({
      status: 401,
    })
  })
})

describe('caps', () => {
  test('a person has five streams and visitors of one address twenty, an IPv6 network counting as one', async () => {
    const who = await someoneSignedIn(`${newId()}@example.com`)
    for (let n = 0; n < streamCaps.perUser; n++)
      await follow(`user:${who.userId}`, { headers: who.headers, peer: `198.51.100.${n}` })
    const sixth = await askFor(`user:${who.userId}`, who)
    expect(sixth.status).toBe(429)
    expect(sixth.headers.get('retry-after')).toBe('15')
    for (let n = 0; n < streamCaps.perAddress; n++) await watch({ peer: `2001:db8:1:2::${n}` })
    expect(await refusal(ask(calendarPath(world.providerId), { peer: '2001:db8:1:2:3::' }))).toMatchObject({
      status: 429,
    })
    await watch({ peer: '2001:db8:1:3::1' })
    const full = hub().size
    open.pop()?.leave()
    open.pop()?.leave()
    await vi.waitFor(() => expect(hub().size).toBe(full - 2), 5000)
    await watch({ peer: '2001:db8:1:2::99' })
  })

  test('a HEAD opens nothing, and nothing but GET is taken', async () => {
    const before = hub().size
    expect((await ask(calendarPath(world.providerId), { method: 'HEAD' })).status).toBe(200)
    expect(hub().size).toBe(before)
    expect(await refusal(ask(calendarPath(world.providerId), { method: 'POST' }))).toMatchObject({
      status: 405,
    })
  })

  test('a peer that goes away leaves nothing behind', async () => {
    const before = hub().size
    const stream = await watch()
    expect(hub().size).toBe(before + 1)
    stream.leave()
    await vi.waitFor(() => expect(hub().size).toBe(before), 5000)
    // Some go before they were answered.
    for (let n = 0; n < 20; n++) {
      const gone = new AbortController()
      void ask(calendarPath(world.providerId), { signal: gone.signal }).catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, n / 2))
      gone.abort()
    }
    await vi.waitFor(() => expect(hub().size).toBe(before), 5000)
  })
})
