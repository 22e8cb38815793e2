import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, person, someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { createProvider } from '@/server/business/provider/create'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { blockTime } from './block'
import { changeBlock } from './change-block'
import { showBoard } from './show-board'
import { unblockTime } from './unblock'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const block = (w: World, startTime: string, endTime: string, label = '') =>
  blockTime.execute(
    { businessId: w.businessId, providerId: w.providerId, startTime, endTime, label },
    newCall(w.owner),
  )
const change = (w: World, blockId: string, to: Record<string, string>, actor = w.owner) =>
  changeBlock.execute({ businessId: w.businessId, blockId, ...to }, newCall(actor))
const book = (w: World, startTime: string, n = 1) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client: someone(n) },
    newCall(anonymous),
  )
const blocksOf = async (w: World, actor = w.owner) => {
  const board = await showBoard.execute(
    { businessId: w.businessId, from: w.at(0, '12:00').slice(0, 10), days: 14 },
    newCall(actor),
  )
  return board.items.filter((i) => i.kind === 'block')
}

test('a block is moved, made longer and named; the time it leaves is free', async () => {
  const w = await testWorld()
  const { blockId } = await block(w, w.at(3, '10:00'), w.at(3, '11:00'))
  await change(w, blockId, { startTime: w.at(3, '14:00'), endTime: w.at(3, '15:00') })
  await change(w, blockId, { endTime: w.at(3, '16:00'), label: 'School run' })
  expect(await blocksOf(w)).toMatchObject([
    { id: blockId, startTime: w.at(3, '14:00'), endTime: w.at(3, '16:00'), label: 'School run' },
  ])
  expect(await codeOf(book(w, w.at(3, '10:00')))).toBe('ok')
  expect(await codeOf(book(w, w.at(3, '15:00')))).toBe('slot_taken')
  await change(w, blockId, { label: '' })
  expect(await blocksOf(w)).toMatchObject([{ label: null }])
})

test('what stands in the way is named, and the block stays where it was', async () => {
  const w = await testWorld()
  const taken = { startTime: w.at(4, '10:00'), endTime: w.at(4, '11:00') }
  await book(w, taken.startTime)
  const { blockId } = await block(w, w.at(4, '12:00'), w.at(4, '13:00'))
  const refused = await change(w, blockId, {
    startTime: w.at(4, '10:30'),
    endTime: w.at(4, '11:30'),
  }).catch((error) => error)
  expect(refused).toMatchObject({
    code: 'slot_conflict',
    data: { conflicts: [{ kind: 'appointment', ...taken }] },
  })
  expect(await codeOf(change(w, blockId, { endTime: w.at(4, '12:00') }))).toBe('malformed')
  const past = { startTime: w.at(-1, '10:00'), endTime: w.at(-1, '11:00') }
  expect(await codeOf(change(w, blockId, past))).toBe('in_the_past')
  expect(await blocksOf(w)).toMatchObject([{ startTime: w.at(4, '12:00'), endTime: w.at(4, '13:00') }])
})

test('a label is sealed in the log, and its event is not for visitors', async () => {
  const w = await testWorld()
  await block(w, w.at(5, '10:00'), w.at(5, '11:00'), 'Dentist')
  const [said] = await db.owner<{ data: string; topics: string[] }[]>`
    select data::text as data, topics from event_log
    where tenant_id = ${w.businessId} and type = 'scheduling.calendar.block_labelled.v1'`
  expect(said?.data).not.toContain('Dentist')
  expect(said?.topics).toEqual([`business:${w.businessId}`])
})

test('thirty bookings against six blocks moved to the same hour: one of all has it', async () => {
  const w = await testWorld()
  const [startTime, endTime] = [w.at(6, '10:00'), w.at(6, '11:00')]
  const blocks = await Promise.all(
    Array.from({ length: 6 }, (_, n) => block(w, w.at(7 + n, '10:00'), w.at(7 + n, '11:00'))),
  )
  const outcomes = await Promise.all([
    ...blocks.map(({ blockId }) => codeOf(change(w, blockId, { startTime, endTime }))),
    ...Array.from({ length: 30 }, (_, n) => codeOf(book(w, startTime, n))),
  ])
  expect(outcomes.filter((o) => o === 'ok')).toHaveLength(1)
  expect(outcomes.every((o) => ['ok', 'slot_conflict', 'slot_taken'].includes(o))).toBe(true)
}, 60_000)

test('whoever is only a provider sees and changes their own time, not a colleague’s', async () => {
  const w = await testWorld()
  const userId = newId()
  const rules = { timeZone: w.zone, weekly: {}, overrides: {} }
  const { providerId } = await createProvider.execute(
    { businessId: w.businessId, name: 'Own', rules, userId },
    newCall(w.owner),
  )
  const actor = person(userId, [{ tenantId: w.businessId, role: 'provider' }])
  const theirs = await block(w, w.at(3, '10:00'), w.at(3, '11:00'), 'Private')
  expect(await blocksOf(w, actor)).toEqual([])
  expect(await codeOf(change(w, theirs.blockId, { label: 'Mine' }, actor))).toBe('not_found')
  const gone = unblockTime.execute({ businessId: w.businessId, blockId: theirs.blockId }, newCall(actor))
  expect(await codeOf(gone)).toBe('not_found')
  const times = { startTime: w.at(3, '10:00'), endTime: w.at(3, '11:00') }
  const own = { businessId: w.businessId, providerId, ...times }
  const mine = await blockTime.execute(own, newCall(actor))
  expect((await blocksOf(w, actor)).map((b) => b.id)).toEqual([mine.blockId])
  expect(await codeOf(change(w, mine.blockId, { providerId: w.providerId }, actor))).toBe('not_found')
  const next = { providerId: w.providerId, startTime: w.at(4, '10:00'), endTime: w.at(4, '11:00') }
  expect(await change(w, mine.blockId, next)).toMatchObject({ providerId: w.providerId })
  expect(await blocksOf(w, actor)).toEqual([])
})
