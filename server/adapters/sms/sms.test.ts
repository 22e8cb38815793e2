import { describe, expect, test } from 'vitest'
import { keepingSender } from './keeping'
import { dialable, type Sms, type SmsSender } from './sms'

type Made = { sender: SmsSender; sent: () => Map<string, Sms> }

/** What every way to send a short message has to do. A gateway's adapter joins the list. */
const ways: Record<string, () => Made> = {
  keeping: () => {
    const kept = new Map<string, Sms>()
    return {
      sender: keepingSender(async (sms, key) => {
        kept.set(key, sms)
      }),
      sent: () => kept,
    }
  },
}

const sms = { to: '+49301234567', from: 'Test House', text: 'Reminder: Session, tomorrow 10:00' }
const options = { idempotencyKey: 'a-key' }

describe.each(Object.entries(ways))('%s', (_name, make) => {
  test('hands a message over once, however often it is tried', async () => {
    const { sender, sent } = make()
    await sender.send(sms, options)
    await sender.send(sms, options)
    expect([...sent().entries()]).toEqual([['a-key', sms]])
  })

  test.each([
    ['no number', { ...sms, to: '12' }],
    ['a number for people', { ...sms, to: '+49 30 1234567' }],
    ['nothing to say', { ...sms, text: ' ' }],
    ['too much to say', { ...sms, text: 'x'.repeat(500) }],
    ['control characters', { ...sms, text: 'a\u0000b' }],
  ])('refuses %s for good, and names nobody', async (_what, wrong) => {
    const { sender, sent } = make()
    const refused = await sender.send(wrong, options).catch((error: Error) => error)
    expect(refused).toMatchObject({ name: 'SmsRefused' })
    expect(String(refused)).not.toContain(wrong.to)
    expect(sent().size).toBe(0)
  })
})

test('numbers as people write them become numbers as networks take them', () => {
  expect(['+49 (30) 123-4567', '0049 30/1234567', '030 1234567', '12'].map(dialable)).toEqual([
    '+49301234567',
    '+49301234567',
    '0301234567',
    null,
  ])
})
