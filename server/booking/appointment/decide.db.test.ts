import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { person, someone, testWorld, type World } from '@/db/testing-world'
import { grantMembership } from '@/server/auth/membership/grant'
import { linkProvider } from '@/server/business/provider/link'
import { setBookingRules } from '@/server/business/service/set-booking-rules'
import { type Actor, anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { approveAppointment } from './approve'
import { bookAppointment } from './book'
import { cancelAppointment } from './cancel'
import { completeAppointment } from './complete'
import { declineAppointment } from './decline'
import { lapseAppointment } from './lapse'
import { markNoShow } from './mark-no-show'
import { getBooking } from './queries'
import { rescheduleAppointment } from './reschedule'
import { undoChange } from './undo-change'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const system = () => newCall(systemActor('test'))
const linkOf = (id: string): Actor => ({
  kind: 'bearer',
  id: `appointment:${id}`,
  resource: 'appointment',
  resourceId: id,
})

async function approving(rules = {}): Promise<World> {
  const w = await testWorld()
  const wanted = { businessId: w.businessId, serviceId: w.serviceId, requiresApproval: true, ...rules }
  await setBookingRules.execute(wanted, newCall(w.owner))
  return w
}

const book = (w: World, clock = '10:00', more = {}) =>
  bookAppointment.execute(
    {
      providerId: w.providerId,
      serviceId: w.serviceId,
      startTime: w.at(3, clock),
      client: someone(),
      ...more,
    },
    newCall(anonymous),
  )

const said = async (id: string): Promise<string[]> => {
  const rows = await db.owner<{ said: string }[]>`
    select split_part(type, '.', 3) as said from event_log where aggregate_id = ${id} order by version`
  return rows.map((row) => row.said)
}

test('what needs a yes takes its place at once, and is booked by the yes', async () => {
  const w = await approving()
  const asked = await book(w)
  expect(asked).toMatchObject({ status: 'pending', outstanding: ['approval'] })
  await expect(book(w)).rejects.toMatchObject({ code: 'slot_taken' })
  const decided = await approveAppointment.execute({ id: asked.id }, newCall(w.owner))
  expect(decided).toMatchObject({ status: 'confirmed', outstanding: [] })
  await expect(approveAppointment.execute({ id: asked.id }, newCall(w.owner))).rejects.toMatchObject({
    code: 'wrong_state',
  })
  await assertInvariants(db.owner)
})

test('a no gives the place back', async () => {
  const w = await approving()
  const asked = await book(w)
  const call = newCall(w.owner)
  expect(await declineAppointment.execute({ id: asked.id, reason: 'On leave' }, call)).toMatchObject({
    status: 'declined',
  })
  expect(await book(w)).toMatchObject({ status: 'pending' })
  await assertInvariants(db.owner)
})

test('a yes and a no at once: one of them', async () => {
  const w = await approving()
  const asked = await book(w)
  const outcome = await Promise.allSettled([
    approveAppointment.execute({ id: asked.id }, newCall(w.owner)),
    declineAppointment.execute({ id: asked.id }, newCall(w.owner)),
    approveAppointment.execute({ id: asked.id }, newCall(w.owner)),
    cancelAppointment.execute({ id: asked.id }, newCall(linkOf(asked.id))),
  ])
  const decided = (await said(asked.id)).slice(2)
  // A booking may still be cancelled after the yes; nothing else goes together.
  expect([['confirmed'], ['declined'], ['cancelled'], ['confirmed', 'cancelled']]).toContainEqual(decided)
  expect(outcome.filter((o) => o.status === 'fulfilled')).toHaveLength(decided.length)
  await assertInvariants(db.owner)
})

test('when the time to decide is over it is a no, and not before', async () => {
  const w = await approving({ decideWithinHours: 1 })
  const asked = await book(w)
  await lapseAppointment.execute({ id: asked.id }, system())
  expect((await said(asked.id)).at(-1)).toBe('approval_requested')
  const over = '2026-01-01T00:00:00Z'
  await db.owner`update appointment set decide_by = ${over} where id = ${asked.id}`
  await db.owner`update event_log set data = data || jsonb_build_object('decideBy', ${over}::text)
    where aggregate_id = ${asked.id} and data ? 'decideBy'`
  expect(await lapseAppointment.execute({ id: asked.id }, system())).toMatchObject({ status: 'declined' })
  expect(await lapseAppointment.execute({ id: asked.id }, system())).toMatchObject({ status: 'declined' })
  expect(await said(asked.id)).toEqual(['created', 'approval_requested', 'declined'])
})

test('who moves a booking by link asks for the yes again; the business need not', async () => {
  const w = await approving()
  const { id } = await book(w)
  await approveAppointment.execute({ id }, newCall(w.owner))
  const byStaff = await rescheduleAppointment.execute({ id, startTime: w.at(3, '12:00') }, newCall(w.owner))
  expect(byStaff.status).toBe('confirmed')
  const byLink = await rescheduleAppointment.execute({ id, startTime: w.at(3, '14:00') }, newCall(linkOf(id)))
  expect(byLink).toMatchObject({ status: 'pending', outstanding: ['approval'] })
  await expect(book(w, '14:00')).rejects.toMatchObject({ code: 'slot_taken' })
  await assertInvariants(db.owner)
})

test('what was just done is taken back, place and all, unless somebody was faster', async () => {
  const w = await approving()
  const call = () => newCall(w.owner)
  const asked = await book(w)
  await approveAppointment.execute({ id: asked.id }, call())
  expect(await undoChange.execute({ id: asked.id }, call())).toMatchObject({ status: 'pending' })
  await declineAppointment.execute({ id: asked.id }, call())
  expect(await undoChange.execute({ id: asked.id }, call())).toMatchObject({ status: 'pending' })
  await expect(book(w)).rejects.toMatchObject({ code: 'slot_taken' })
  const before = await approveAppointment.execute({ id: asked.id }, call())
  await rescheduleAppointment.execute({ id: asked.id, startTime: w.at(3, '15:00') }, call())
  expect(await undoChange.execute({ id: asked.id }, call())).toEqual(before)
  await cancelAppointment.execute({ id: asked.id }, call())
  const faster = await book(w)
  await expect(undoChange.execute({ id: asked.id }, call())).rejects.toMatchObject({ code: 'slot_taken' })
  await expect(undoChange.execute({ id: faster.id }, call())).rejects.toMatchObject({ code: 'wrong_state' })
  await assertInvariants(db.owner)
})

test('a request that was moved to before its deadline is asked anew, and both are taken back as one', async () => {
  const w = await approving({ decideWithinHours: 96 })
  const { id } = await book(w)
  const call = () => newCall(w.owner)
  const asked = await getBooking.execute({ id }, call())
  for (const which of ['rescheduled', 'approval_requested']) {
    const moved = await rescheduleAppointment.execute({ id, startTime: w.at(2, '09:00') }, call())
    expect(moved).toMatchObject({ status: 'pending' })
    expect(moved.decideBy).not.toBe(asked.decideBy)
    const { history } = await getBooking.execute({ id }, call())
    const sequence = history.findLast(({ type }) => type.includes(`.${which}.`))?.sequence
    await undoChange.execute({ id, sequence }, call())
    const { startTime, decideBy } = asked
    expect(await getBooking.execute({ id }, call())).toMatchObject({ startTime, decideBy, status: 'pending' })
  }
  const moved = ['rescheduled', 'approval_requested', 'change_undone']
  expect(await said(id)).toEqual(['created', 'approval_requested', ...moved, ...moved])
  await expect(undoChange.execute({ id, sequence: 3 }, call())).rejects.toMatchObject({ code: 'wrong_state' })
  await assertInvariants(db.owner)
})

test('nothing waits again for a yes whose time is over', async () => {
  const w = await approving({ decideWithinHours: 1 })
  for (const [n, decide] of [approveAppointment, declineAppointment].entries()) {
    const { id } = await book(w, `1${n}:00`)
    const { status } = await decide.execute({ id }, newCall(w.owner))
    const over = '2026-01-01T00:00:00Z'
    await db.owner`update appointment set decide_by = ${over} where id = ${id}`
    await db.owner`update event_log set data = data || jsonb_build_object('decideBy', ${over}::text)
      where aggregate_id = ${id} and data ? 'decideBy'`
    await expect(undoChange.execute({ id }, newCall(w.owner))).rejects.toMatchObject({
      code: 'too_late_to_undo',
    })
    expect(await getBooking.execute({ id }, newCall(w.owner))).toMatchObject({ status })
  }
  await assertInvariants(db.owner)
})

test('what others did, and what is long done, stands', async () => {
  const w = await approving()
  const { id } = await book(w)
  await approveAppointment.execute({ id }, newCall(w.owner))
  const other = person(newId(), [{ tenantId: w.businessId, role: 'admin' }])
  await expect(undoChange.execute({ id }, newCall(other))).rejects.toMatchObject({ code: 'wrong_state' })
  await db.owner`update event_log set recorded_at = recorded_at - interval '11 seconds' where aggregate_id = ${id}`
  await expect(undoChange.execute({ id }, newCall(w.owner))).rejects.toMatchObject({
    code: 'too_late_to_undo',
  })
})

test('a provider tends the bookings of their own time; a colleague’s are not found', async () => {
  const w = await approving()
  const { id } = await book(w)
  const provider = person(newId(), [{ tenantId: w.businessId, role: 'provider' }])
  const call = () => newCall(provider)
  const tries = [
    () => approveAppointment.execute({ id }, call()),
    () => declineAppointment.execute({ id }, call()),
    () => cancelAppointment.execute({ id }, call()),
    () => rescheduleAppointment.execute({ id, startTime: w.at(3, '15:00') }, call()),
    () => completeAppointment.execute({ id }, call()),
    () => markNoShow.execute({ id }, call()),
    () => undoChange.execute({ id }, call()),
  ]
  for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
  expect(await said(id)).toEqual(['created', 'approval_requested'])
  const role = { businessId: w.businessId, userId: provider.id, role: 'provider' as const }
  await grantMembership.execute(role, newCall(w.owner))
  const link = { businessId: w.businessId, providerId: w.providerId, userId: provider.id }
  await linkProvider.execute(link, newCall(w.owner))
  expect(await approveAppointment.execute({ id }, call())).toMatchObject({ status: 'confirmed' })
  await assertInvariants(db.owner)
})

test('questions that must be answered are, before anything is written', async () => {
  const w = await approving({
    requiresApproval: false,
    questions: [{ label: 'Which knee?', kind: 'choice', options: ['left', 'right'], required: true }],
  })
  await expect(book(w)).rejects.toMatchObject({
    code: 'malformed',
    data: { errors: { 'answers.Which knee?': 'needs an answer' } },
  })
  expect(await book(w, '10:00', { answers: { 'Which knee?': 'left' } })).toMatchObject({
    status: 'confirmed',
  })
  await assertInvariants(db.owner)
})

test('whether somebody came is said when it has begun, and can be corrected', async () => {
  const w = await testWorld()
  const { id } = await book(w)
  await expect(completeAppointment.execute({ id }, newCall(w.owner))).rejects.toMatchObject({
    code: 'not_begun',
  })
  await passed(id)
  expect(await markNoShow.execute({ id }, newCall(w.owner))).toMatchObject({ status: 'no_show' })
  expect(await completeAppointment.execute({ id }, newCall(w.owner))).toMatchObject({ status: 'completed' })
  await expect(cancelAppointment.execute({ id }, newCall(w.owner))).rejects.toMatchObject({
    code: 'wrong_state',
  })
})

/** Nobody can wait for it: the booking is put a week back, where its log does not follow. */
const passed = (id: string) =>
  db.owner`update appointment set starts_at = starts_at - interval '7 days', ends_at = ends_at - interval '7 days' where id = ${id}`
