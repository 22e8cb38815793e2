import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { joinWaitlist } from '@/server/booking/waitlist/join'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { inTenant } from '@/server/core/query'
import { letterFor, requestOf } from '../message/queries'
import { requestMessage } from '../message/request-message'
import { changeTemplate } from './change'
import { sheetOf } from './model-sheet'
import { customOf, listTemplates } from './queries'
import { resetTemplate } from './reset'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const kind = { template: 'appointment_confirmed', language: 'en' } as const
const change = (w: World, subject: string, words: string) =>
  changeTemplate.execute({ businessId: w.businessId, ...kind, subject, words }, newCall(w.owner))
const custom = (w: World) => inTenant(w.businessId, (tx) => customOf(tx, kind.template, kind.language))
const list = async (w: World) =>
  (await listTemplates.execute({ businessId: w.businessId }, newCall(w.owner))).templates

test('a business says it in its own words, in one language, until it says it in ours again', async () => {
  const [w, other] = [await testWorld(), await testWorld()]
  await change(w, 'See you: {service}', 'Dear {name}, we look forward to {when}.')
  await change(w, 'See you soon: {service}', 'Dear {name}.')
  expect(await custom(w)).toEqual({ subject: 'See you soon: {service}', words: 'Dear {name}.' })
  expect(await list(w)).toHaveLength(1)
  expect(await custom(other)).toBeNull()
  const reset = () => resetTemplate.execute({ businessId: w.businessId, ...kind }, newCall(w.owner))
  expect(await reset()).toEqual({ reset: true })
  expect(await reset()).toEqual({ reset: false })
  expect(await custom(w)).toBeNull()
  await change(w, 'Once more', 'In our words.')
  expect(await list(w)).toMatchObject([{ ...kind, subject: 'Once more' }])
})

test('what means nothing is refused by its name, and nothing is kept', async () => {
  const w = await testWorld()
  const refused = await change(w, 'Hello {nmae}', 'Come at {time} to {business}').catch(
    (error: unknown) => error,
  )
  expect(isRefusal(refused) && refused.data.errors).toEqual({
    subject: 'does not know {nmae}',
    words: 'does not know {time}',
  })
  expect(await list(w)).toEqual([])
})

test('changed by many at once it is one template', async () => {
  const w = await testWorld()
  await Promise.all(Array.from({ length: 6 }, (_, n) => change(w, `Subject ${n}`, 'words')))
  expect(await list(w)).toHaveLength(1)
})

test('who joins a waiting list is told in the business’s own words too', async () => {
  const w = await testWorld()
  const { businessId, providerId, serviceId } = w
  const startTime = w.at(3, '09:00')
  await bookAppointment.execute({ providerId, serviceId, startTime, client: someone() }, newCall(anonymous))
  const { id } = await joinWaitlist.execute(
    {
      serviceId,
      wish: { kind: 'time', providerId, startTime },
      client: { name: 'Zoë', email: 'z@x.example' },
    },
    newCall(anonymous),
  )
  const joined = { template: 'waitlist_joined', language: 'de' } as const
  await changeTemplate.execute(
    { businessId, ...joined, subject: 'Geduld: {service}', words: 'Liebe {name}, {business} meldet sich.' },
    newCall(w.owner),
  )
  const unknown = { businessId, ...joined, subject: 'x', words: '{when}' }
  await expect(changeTemplate.execute(unknown, newCall(w.owner))).rejects.toMatchObject({ kind: 'malformed' })
  const [row] = await db.owner<{ contact_id: string }[]>`select contact_id from waitlist where id = ${id}`
  const { notificationId } = await requestMessage.execute(
    { businessId, recipientId: row?.contact_id ?? '', ...joined, aboutType: 'booking.waitlist', aboutId: id },
    newCall(systemActor('a-test')),
  )
  const letter = await inTenant(businessId, async (tx) => {
    const request = await requestOf(tx, businessId, notificationId ?? '')
    return request && letterFor(tx, request)
  })
  const sheet = letter && sheetOf(letter.letter)
  expect(sheet?.subject).toBe('Geduld: Session')
  expect(sheet?.blocks[0]).toEqual({ kind: 'words', text: 'Liebe Zoë, Test House meldet sich.' })
})
