import { afterEach, beforeEach, expect, test } from 'vitest'
import { relayDb } from '@/db/client'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { person, testWorld, type World } from '@/db/testing-world'
import { bookForClient } from '@/server/booking/appointment/book-for-client'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { addContact } from '@/server/business/contact/add'
import { mergeContacts } from '@/server/business/contact/merge'
import { setReminders } from '@/server/business/service/set-reminders'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { newId } from '@/server/core/id'
import { open, readAggregate } from '@/server/core/log'
import { inTenant } from '@/server/core/query'
import { listInbox } from '@/server/notification/inbox/queries'
import { listMessages, showMessage } from '@/server/notification/message/list'
import { keptMails, keptTexts, letterFor, requestOf } from '@/server/notification/message/queries'
import { recordFailure } from '@/server/notification/message/record-failure'
import { requestMessage } from '@/server/notification/message/request-message'
import { resendMessage } from '@/server/notification/message/resend'
import { setPreferences } from '@/server/notification/preference/set'
import type { Reaction } from './define'
import { remindTheDayBefore, remindTwoDaysBefore } from './handlers/remind-client'
import { type Running, startHandling } from './run'
import { subscriptions } from './subscriptions'

let db: TestDatabase
let world: World
let running: Running

beforeEach(async () => {
  db = await testDatabase()
  world = await testWorld()
  running = await startHandling(subscriptions)
})
afterEach(async () => {
  await running.stop()
  await assertInvariants(db.owner)
  await db.drop()
})

const owner = () => newCall(world.owner)
const drained = () => assertInvariants(db.owner, { drained: subscriptions })
const sent = async (channel?: 'email' | 'sms') =>
  (await listMessages.execute({ businessId: world.businessId, channel }, owner())).messages.filter(
    // What staff did is told once it can no longer be undone, which may be during a test or after it.
    (m) => m.channel !== 'inbox' && m.kind !== 'appointment_confirmed',
  )
const book = (contactId: string, clock = '09:00') =>
  bookForClient.execute(
    {
      businessId: world.businessId,
      providerId: world.providerId,
      serviceId: world.serviceId,
      startTime: world.at(3, clock),
      contactId,
    },
    owner(),
  )
const someone = async (over: object = {}) => {
  const who = { name: 'Zeb Quirk', email: 'zeb@quirk.example', phone: '+49 30 555 0199', ...over }
  return (await addContact.execute({ businessId: world.businessId, ...who }, owner())).contactId
}
const remind = (contactId: string, bookingId: string) =>
  requestMessage.execute(
    {
      businessId: world.businessId,
      recipientId: contactId,
      template: 'appointment_reminder',
      language: 'en',
      aboutType: 'booking.appointment',
      aboutId: bookingId,
    },
    newCall(systemActor('a-test')),
  )

test('a mail says how to end such mails; ended by its link they stay away, and what must come still comes', async () => {
  const contactId = await someone()
  const { id } = await book(contactId)
  await remind(contactId, id)
  await drained()
  const mails = await keptMails()
  const reminder = mails.find(({ mail }) => mail.subject.startsWith('Reminder'))?.mail
  const url = new URL(reminder?.unsubscribe ?? '')
  expect(url.pathname).toMatch(new RegExp(`/mails/${contactId}/end$`))
  expect(url.searchParams.get('kind')).toBe('reminders')
  expect(reminder?.text).toContain(`/mails/${contactId}?token=`)

  const bearer = url.searchParams.get('token')
  const no = { businessId: world.businessId, id: contactId, choices: { reminders: { email: false } } }
  const wrong = resourceToken('preference', world.providerId)
  await expect(setPreferences.execute(no, newCall(anonymous, { bearer: wrong }))).rejects.toMatchObject({
    kind: 'not_found',
  })
  await setPreferences.execute(no, newCall(anonymous, { bearer }))
  await remind(contactId, id)
  await cancelAppointment.execute({ id, reason: 'closed' }, newCall(systemActor('a-test')))
  await drained()
  expect((await sent('email')).map((m) => [m.kind, m.status])).toEqual([
    ['appointment_cancelled', 'sent'],
    ['appointment_reminder', 'not_wanted'],
    ['appointment_reminder', 'sent'],
  ])
  const kept = (await keptMails()).filter(({ mail }) => !mail.subject.startsWith('Confirmed'))
  expect(kept.map(({ mail }) => mail.subject.split(':')[0])).toEqual(['Cancelled', 'Reminder'])
  expect(kept[0]?.mail.unsubscribe).toBeNull()
})

test('short messages come to those who asked for them, also under the entry they were merged into', async () => {
  const [first, stays] = [await someone(), await someone({ name: 'Zebulon Quirk' })]
  const sms = { reminders: { sms: true } }
  await setPreferences.execute({ businessId: world.businessId, id: stays, choices: sms }, owner())
  const { id } = await book(first)
  await remind(first, id)
  await mergeContacts.execute({ businessId: world.businessId, contactId: first, intoId: stays }, owner())
  await remind(first, id)
  await drained()
  const [text, ...more] = await keptTexts()
  expect(more).toEqual([])
  expect(text?.sms).toMatchObject({ to: '+49305550199', from: 'Test House' })
  expect(text?.sms.text).toMatch(/^Test House: Reminder: Session, .*\nhttp.*\/bookings\//)
  expect((await sent('sms')).map((m) => [m.status, m.to?.name])).toEqual([['sent', 'Zebulon Quirk']])
})

test('what was given up is sent again on demand, once, and every message says why it was sent', async () => {
  const contactId = await someone()
  const { id } = await book(contactId)
  await drained()
  await running.stop()
  const { notificationId } = await remind(contactId, id)
  const what = { businessId: world.businessId, messageId: notificationId ?? '' }
  await recordFailure.execute(
    { businessId: world.businessId, notificationId: what.messageId, error: '550 at RCPT TO' },
    newCall(systemActor('a-test')),
  )
  expect(await showMessage.execute(what, owner())).toMatchObject({
    message: { status: 'failed', error: '550 at RCPT TO', to: { name: 'Zeb Quirk' } },
  })
  await resendMessage.execute(what, owner())
  running = await startHandling(subscriptions)
  await drained()
  const shown = await showMessage.execute(what, owner())
  expect(shown.message.status).toBe('sent')
  expect(shown.history.map((step) => step.type.split('.')[2])).toEqual([
    'requested',
    'failed',
    'retried',
    'sent',
  ])
  const found = await inTenant(world.businessId, async (tx) => {
    const requested = await requestOf(tx, world.businessId, what.messageId)
    return requested && letterFor(tx, requested)
  })
  expect(found?.letter).toMatchObject({ template: 'appointment_reminder' })
  await expect(resendMessage.execute(what, owner())).rejects.toMatchObject({ code: 'wrong_state' })
})

test('each service has its own reminders, and may have none', async () => {
  const { id } = await book(await someone())
  const history = await readAggregate(relayDb(), world.businessId, 'booking.appointment', id)
  const [, confirmed] = await Promise.all(history.map((row) => open(relayDb(), row)))
  const wake = async ({ handler }: { handler: Reaction }) => {
    const before = (await sent()).filter((m) => m.kind === 'appointment_reminder').length
    if (confirmed) await handler.run(confirmed, newCall(systemActor('a-test')))
    return (await sent()).filter((m) => m.kind === 'appointment_reminder').length - before
  }
  const hours = (reminderHours: (48 | 24 | 2)[]) =>
    setReminders.execute({ businessId: world.businessId, serviceId: world.serviceId, reminderHours }, owner())
  expect([await wake(remindTwoDaysBefore), await wake(remindTheDayBefore)]).toEqual([0, 1])
  await hours([48])
  expect([await wake(remindTwoDaysBefore), await wake(remindTheDayBefore)]).toEqual([1, 0])
  await hours([])
  expect([await wake(remindTwoDaysBefore), await wake(remindTheDayBefore)]).toEqual([0, 0])
  await drained()
})

test('an account finds what concerns it in its inbox, unless it said no; nobody else does', async () => {
  const contactId = await someone()
  const { id } = await book(contactId)
  await drained()
  const me = newId()
  const told = (choices: object) =>
    requestMessage.execute(
      {
        businessId: world.businessId,
        recipientId: contactId,
        template: 'appointment_reminder',
        language: 'en',
        aboutType: 'booking.appointment',
        aboutId: id,
        account: { userId: me, choices },
      },
      newCall(systemActor('a-test')),
    )
  await told({})
  await told({ reminders: { inbox: false, email: false } })
  const { notices } = await listInbox.execute({}, newCall(person(me)))
  expect(notices).toMatchObject([{ kind: 'appointment_reminder', business: 'Test House' }])
  expect(notices[0]?.path).toMatch(new RegExp(`^/bookings/${id}\\?token=`))
  expect((await listInbox.execute({}, newCall(person()))).notices).toEqual([])
  await drained()
  expect((await sent('email')).map((m) => m.status)).toEqual(['not_wanted', 'sent'])
})
