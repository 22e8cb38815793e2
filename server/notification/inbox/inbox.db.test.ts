import { afterEach, beforeEach, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { person, someone, testWorld, type World } from '@/db/testing-world'
import { tellStaff } from '@/jobs/handlers/tell-staff'
import { startHandling } from '@/jobs/run'
import { subscriptions as real } from '@/jobs/subscriptions'
import { grantMembership } from '@/server/auth/membership/grant'
import { revokeMembership } from '@/server/auth/membership/revoke'
import { bookAppointment } from '@/server/booking/appointment/book'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { createProvider } from '@/server/business/provider/create'
import { linkProvider } from '@/server/business/provider/link'
import { listedProvider } from '@/server/business/provider/list'
import { type Actor, anonymous, type Role, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { sendToInbox } from '../message/send-to-inbox'
import { clearInbox } from './clear'
import { openNotice } from './open'
import { countUnread, listInbox } from './queries'

/** Without the moment in which it could be undone. */
const subscriptions = real.map((s) => (s.handler === tellStaff ? { ...s, at: null } : s))

let db: TestDatabase
let world: World
beforeEach(async () => {
  db = await testDatabase()
  world = await testWorld()
})
afterEach(async () => {
  await assertInvariants(db.owner)
  await db.drop()
})

const book = (clock: string) =>
  bookAppointment.execute(
    {
      providerId: world.providerId,
      serviceId: world.serviceId,
      startTime: world.at(3, clock),
      client: someone(),
    },
    newCall(anonymous),
  )
const joins = async (role: Role) => {
  const userId = newId()
  const { membershipId } = await grantMembership.execute(
    { businessId: world.businessId, userId, role },
    newCall(world.owner),
  )
  return { userId, membershipId, actor: person(userId, [{ tenantId: world.businessId, role }]) }
}
const shown = (actor: Actor, input: object = {}) => listInbox.execute(input, newCall(actor))
const unread = async (actor: Actor) => (await countUnread.execute({}, newCall(actor))).unread
/** Everything that follows from what was done, done. */
const handled = async (work: () => Promise<unknown>) => {
  const running = await startHandling(subscriptions)
  await work()
  await assertInvariants(db.owner, { drained: subscriptions })
  await running.stop()
}

test('those who run a business hear of everything in it, a provider of their own calendar, and nobody else', async () => {
  const [admin, provider, colleague] = [
    await joins('admin'),
    await joins('provider'),
    await joins('provider'),
  ]
  const { businessId, providerId } = world
  await linkProvider.execute({ businessId, providerId, userId: provider.userId }, newCall(world.owner))
  await handled(() => book('09:00'))
  for (const { actor } of [admin, provider]) {
    expect((await shown(actor)).notices).toMatchObject([
      {
        kind: 'booking.appointment.confirmed.v1',
        unread: true,
        business: 'Test House',
        about: { service: 'Session', who: 'Client 1', startTime: world.at(3, '09:00') },
      },
    ])
    expect(await unread(actor)).toBe(1)
  }
  expect((await shown(admin.actor)).notices[0]?.path).toMatch(/^\/b\/b-[^/]+\/admin\/calendar\?date=.+&open=/)
  expect((await shown(provider.actor)).notices[0]?.path).toMatch(/^\/b\/b-[^/]+\/calendar\?date=/)
  const late = await joins('admin')
  const stranger = person(newId(), [{ tenantId: newId(), role: 'owner' }])
  for (const actor of [colleague.actor, late.actor, stranger]) {
    expect((await shown(actor)).notices).toEqual([])
    expect(await unread(actor)).toBe(0)
  }
  // Rights that were taken count at once, whatever a request still believes.
  await revokeMembership.execute({ businessId, membershipId: admin.membershipId }, newCall(world.owner))
  expect((await shown(admin.actor)).notices).toEqual([])
})

test('a provider whose booking went to a colleague is told so, and learns no more of it', async () => {
  const { businessId, providerId, serviceId, owner } = world
  const provider = await joins('provider')
  await linkProvider.execute({ businessId, providerId, userId: provider.userId }, newCall(owner))
  const { rules } = await listedProvider.execute({ businessId, providerId }, newCall(owner))
  const other = { businessId, name: 'Bea', rules, serviceIds: [serviceId] }
  const colleague = await createProvider.execute(other, newCall(owner))
  const bea = await joins('provider')
  await linkProvider.execute({ businessId, ...colleague, userId: bea.userId }, newCall(owner))
  let id = ''
  await handled(async () => {
    id = (await book('09:00')).id
  })
  const about = async (actor: Actor) => (await shown(actor)).notices.map((n) => n.about?.startTime ?? null)
  expect(await about(provider.actor)).toEqual([world.at(3, '09:00')])
  const to = { startTime: world.at(4, '10:00'), providerId: colleague.providerId }
  await handled(() => rescheduleAppointment.execute({ id, ...to }, newCall(owner)))
  const moved = { kind: 'booking.appointment.rescheduled.v1', unread: true }
  const left = (await shown(provider.actor)).notices
  expect(left).toMatchObject([{ ...moved, away: true }, { away: true }])
  for (const notice of left)
    expect(notice).toMatchObject({ about: null, path: expect.stringMatching(/calendar$/) })
  expect((await shown(bea.actor)).notices).toMatchObject([
    { ...moved, away: false, about: { startTime: to.startTime, who: 'Client 1' } },
  ])
  expect(await about(owner)).toEqual([to.startTime, to.startTime])
})

test('what somebody did themselves is no news to them; it is to the others', async () => {
  const admin = await joins('admin')
  const { id } = await book('09:00')
  await handled(() => cancelAppointment.execute({ id }, newCall(admin.actor)))
  expect(await unread(world.owner)).toBe(2)
  expect(await unread(admin.actor)).toBe(1)
  expect((await shown(admin.actor)).notices.map((n) => n.unread)).toEqual([false, true])
})

test('read is what was opened or shown; what came meanwhile stays new, however many press at once', async () => {
  const me = person()
  const said = { businessId: world.businessId, aboutType: 'booking.waitlist', aboutId: newId() }
  const send = (kind: string) =>
    sendToInbox.execute(
      { ...said, recipientId: me.kind === 'user' ? me.userId : null, kind },
      newCall(systemActor('a-test')),
    )
  for (const kind of ['waitlist_joined', 'waitlist_offered', 'waitlist_lapsed']) await send(kind)
  const [newest, middle, oldest] = (await shown(me)).notices
  const first = await shown(me, { limit: 2 })
  expect(first.notices.map((n) => n.id)).toEqual([newest?.id, middle?.id])
  expect((await shown(me, { limit: 2, before: first.before })).notices.map((n) => n.id)).toEqual([oldest?.id])

  const open = { notificationId: middle?.id ?? '' }
  await Promise.all(Array.from({ length: 5 }, () => openNotice.execute(open, newCall(me))))
  expect((await shown(me)).notices.map((n) => n.unread)).toEqual([true, false, true])
  expect(await db.owner`select 1 from event_log where type = 'notification.inbox.opened.v1'`).toHaveLength(1)
  await expect(openNotice.execute(open, newCall(person()))).rejects.toMatchObject({ kind: 'not_found' })

  const clear = (shownTo?: string) => clearInbox.execute({ shownTo }, newCall(me))
  await clear(middle?.createdAt)
  expect((await shown(me)).notices.map((n) => n.unread)).toEqual([true, false, false])
  await clear()
  await send('waitlist_offered')
  expect(await unread(me)).toBe(1)
  await clear(oldest?.createdAt)
  expect(await unread(me)).toBe(1)
})
