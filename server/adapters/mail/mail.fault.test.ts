import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keepingMailer } from './keeping'
import { type Mail, type Mailer, MailRefused, MailUndelivered } from './mail'
import { smtpMailer } from './smtp'
import { type SmtpServer, startSmtp } from './testing-smtp'

const offered = 'https://slots.example.org/b/harbour/mails/1/end?token=d&kind=reminders'
const mail: Mail = {
  from: { name: 'Praxis “Am Hafen”, Müller', address: 'no-reply@slots.example.org' },
  to: { name: 'Zoë, 猫 <x>', address: 'zoe@example.org' },
  subject:
    'Bestätigt: Erstgespräch, 14. Juli — 10 € 🐈 and a subject that is long enough to be folded at least once',
  html: '<p>Grüße</p>',
  text: 'Grüße\n.\nund ein Punkt\n',
  calendar: { method: 'REQUEST', file: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n' },
  unsubscribe: offered,
}
type Seen = Pick<Mail, 'from' | 'to' | 'subject' | 'html' | 'text'> & {
  messageId: string
  calendar: string | null
}
const trimmed = (text: string) => text.replaceAll('\r\n', '\n').trim()

let server: SmtpServer
const quick = { connectionTimeout: 500, greetingTimeout: 500, socketTimeout: 700 }
const kept: (Mail & { messageId: string })[] = []
const mailers: Record<string, { make: () => Mailer; seen: () => Promise<Seen[]> }> = {
  'the one that keeps': {
    make: () =>
      keepingMailer(async (m) => {
        kept.push(m)
      }),
    seen: async () => kept.map((m) => ({ ...m, calendar: m.calendar?.file ?? null })),
  },
  'the one that sends': {
    make: () => smtpMailer(server.url, quick),
    seen: async () => (await server.mails()).map((m) => ({ ...m, calendar: m.calendar?.content ?? null })),
  },
}

beforeAll(async () => {
  server = await startSmtp()
})
afterAll(() => server.stop())
beforeEach(async () => {
  kept.length = 0
  await server.forget()
  await server.be('accept')
})

describe.each(Object.entries(mailers))('%s', (_, { make, seen }) => {
  test('delivers what it was given, whatever the letters', async () => {
    const mailer = make()
    await mailer.send(mail, { idempotencyKey: 'one' })
    const [got, ...more] = await seen()
    expect(more).toEqual([])
    expect(got).toMatchObject({
      from: mail.from,
      to: mail.to,
      subject: mail.subject,
      messageId: '<one@slots.example.org>',
    })
    expect(trimmed(got?.html ?? '')).toBe(mail.html)
    expect(trimmed(got?.text ?? '')).toBe(mail.text.trim())
    expect(trimmed(got?.calendar ?? '')).toBe(trimmed(mail.calendar?.file ?? ''))
    mailer.close()
  })

  test('gives the same key the same Message-ID, and another another', async () => {
    const mailer = make()
    for (const idempotencyKey of ['a', 'a', 'b'])
      await mailer.send({ ...mail, calendar: null }, { idempotencyKey })
    expect((await seen()).map((m) => m.messageId)).toEqual(
      ['a', 'a', 'b'].map((k) => `<${k}@slots.example.org>`),
    )
    expect((await seen()).map((m) => m.calendar)).toEqual([null, null, null])
    mailer.close()
  })

  const to = (address: string, name = 'Zoë') => ({ ...mail, to: { name, address } })
  test.each([
    ['a header in the subject', { ...mail, subject: 'Hi\r\nBcc: all@example.org' }],
    ['a line end in the subject', { ...mail, subject: 'Hi\nthere' }],
    ['a bare carriage return', { ...mail, subject: 'Hi\rthere' }],
    ['a header in a name', to('zoe@example.org', 'Zoë\r\nBcc: all@example.org')],
    ['a header in our name', { ...mail, from: { ...mail.from, name: 'x\nBcc: y@example.org' } }],
    ['two addresses', to('zoe@example.org,all@example.org')],
    ['an address with a header', to('zoe@example.org\r\nBcc: all@example.org')],
    ['an address in brackets', to('<zoe@example.org>')],
    ['a header in what ends it', { ...mail, unsubscribe: 'https://x.example/\r\nBcc: y@example.org' }],
    ['no address', to('zoe')],
    ['a quoted one', to('"zoe @"@example.org')],
    ['one for the server itself', to('zoe@[127.0.0.1]')],
    ['a command', to('zoe@example.org> SIZE=1')],
  ])('refuses %s for ever', async (_name, wrong) => {
    const mailer = make()
    await expect(mailer.send(wrong, { idempotencyKey: 'x' })).rejects.toBeInstanceOf(MailRefused)
    expect(await seen()).toEqual([])
    mailer.close()
  })
})

describe('a server that', () => {
  const sent = async () => {
    const mailer = smtpMailer(server.url, quick)
    try {
      return await mailer.send(mail, { idempotencyKey: 'k' })
    } catch (error) {
      return error as Error
    } finally {
      mailer.close()
    }
  }
  test.each([
    ['refuse', MailRefused, '550 5.1.1 at RCPT TO'],
    ['full', MailRefused, '552 5.2.2 at DATA'],
    ['busy', MailUndelivered, '451 4.3.2 at RCPT TO'],
    ['silent', MailUndelivered, 'ETIMEDOUT at CONN'],
    ['drop', MailUndelivered, 'at CONN'],
  ] as const)(
    'is told to %s is understood, and what is kept of it names nobody',
    async (mood, kind, said) => {
      await server.be(mood)
      const error = await sent()
      expect(error).toBeInstanceOf(kind)
      expect((error as Error).message).toContain(said)
      expect((error as Error).message).not.toMatch(/zoe|example/)
      expect(await server.mails()).toEqual([])
      await server.be('accept')
      expect(await sent()).toEqual({ messageId: '<k@slots.example.org>' })
    },
  )

  test('is away can be tried again later', async () => {
    await server.stop()
    expect(await sent()).toBeInstanceOf(MailUndelivered)
    await server.start()
    expect(await sent()).toEqual({ messageId: '<k@slots.example.org>' })
    const [mail] = await server.mails()
    expect(mail?.envelope).toEqual({ from: 'no-reply@slots.example.org', to: ['zoe@example.org'] })
    expect(mail?.calendar).toMatchObject({ type: 'text/calendar', method: 'REQUEST' })
    expect(mail?.headers).toContain('auto-submitted')
    expect(mail?.unsubscribe).toEqual([`<${offered}>`, 'List-Unsubscribe=One-Click'])
  })
})
