import { expect, test } from 'vitest'
import { mailTemplates } from '../template/model'
import { chooseAlso } from './model'
import { canChoose, choicesFrom, isMust, kindOf, wants } from './model-choice'

test('what somebody must know reaches them by mail whatever they choose; the rest as they choose', () => {
  const nothing = { bookings: { email: false }, reminders: { email: false }, waiting: { email: false } }
  const still = mailTemplates.filter((template) => wants(nothing, kindOf(template), 'email'))
  expect(still).not.toContain('appointment_reminder')
  expect(still.filter((template) => template.startsWith('waitlist'))).toEqual([])
  for (const template of [
    'appointment_cancelled',
    'appointment_rescheduled',
    'appointment_declined',
    'magic_link',
  ])
    expect(still).toContain(template)
})

test('mails come unless ended, short messages only when asked for', () => {
  expect(wants({}, 'reminders', 'email')).toBe(true)
  expect(wants({}, 'reminders', 'sms')).toBe(false)
  expect(wants({ reminders: { sms: true } }, 'reminders', 'sms')).toBe(true)
  expect(wants({ bookings: { inbox: false } }, 'bookings', 'inbox')).toBe(false)
  expect(isMust('bookings', 'sms')).toBe(false)
})

test('a form says yes and no of what it showed, and nothing of the rest', () => {
  const form = new URLSearchParams({ channels: 'email,sms', 'reminders-sms': 'on', 'waiting-email': 'on' })
  const said = choicesFrom(form)
  expect(said).toEqual({
    bookings: { sms: false },
    reminders: { email: false, sms: true },
    waiting: { email: true, sms: false },
  })
  expect(chooseAlso({ reminders: { inbox: false, sms: false } }, said).reminders).toEqual({
    inbox: false,
    email: false,
    sms: true,
  })
  expect(chooseAlso({}, {})).toEqual({})
})

test('at the desk people choose whether it is pushed; what stands in the inbox there is everybody’s', () => {
  expect(kindOf('booking.appointment.approval_requested.v1')).toBe('requests')
  expect(kindOf('booking.appointment.cancelled.v1')).toBe('desk')
  expect(wants({}, 'requests', 'push')).toBe(true)
  expect(canChoose('desk', 'inbox')).toBe(false)
  const form = new URLSearchParams({
    channels: 'email,push',
    kinds: 'reminders,desk',
    'reminders-email': 'on',
  })
  expect(choicesFrom(form)).toEqual({ reminders: { email: true, push: false }, desk: { push: false } })
})
