import ICAL from 'ical.js'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { testWorld, type World } from '@/db/testing-world'
import { closeMailer } from '@/server/adapters/mail/mailer'
import { type SmtpServer, startSmtp } from '@/server/adapters/mail/testing-smtp'
import { signUp } from '@/server/auth/user/sign-up'
import { bookAppointment } from '@/server/booking/appointment/book'
import { bookSeveral } from '@/server/booking/appointment/book-several'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { config } from '@/server/core/config'
import { newId } from '@/server/core/id'
import { keptMailById, keptMails } from '@/server/notification/message/queries'
import { requestMessage } from '@/server/notification/message/request-message'
import { eraseSubject } from '@/server/platform/subject/erase'
import { serveRest } from '@/server/rest'
import { type DeadLetter, listDeadLetters, redrive } from './dead-letters'
import { sendMail } from './handlers/send-mail'
import { type Running, startHandling } from './run'
import { subscriptions as real } from './subscriptions'

vi.setConfig({ testTimeout: 90_000 })

/** As it is, with less patience. */
const impatient = { ...sendMail, retryLimit: 2, retryDelaySeconds: 1, retryDelayMaxSeconds: 4 }
const subscriptions = real.map((s) => (s.handler === sendMail ? { ...s, handler: impatient } : s))
const client = { name: 'Zebulon "Zeb" Quirk', email: 'zeb@quirk.example', phone: '+49 555 0199' }
const said = ['Zebulon', 'Quirk', 'quirk.example', '555 0199']

let db: TestDatabase
let world: World
let smtp: SmtpServer
let running: Running
let logged: string[]
const hooks = globalThis as {
  __slotwise_crash?: ((point: string) => void) | undefined
  __slotwise_logger?: unknown
}

beforeAll(async () => {
  smtp = await startSmtp()
})
afterAll(() => smtp.stop())
beforeEach(async () => {
  db = await testDatabase()
  logged = []
  hooks.__slotwise_logger = pino({ level: 'debug' }, { write: (text: string) => logged.push(text) })
  world = await testWorld({ freeUntilHours: 1 }, 'America/New_York')
  running = await startHandling(subscriptions)
  await smtp.be('accept')
  await smtp.forget()
})
afterEach(async () => {
  hooks.__slotwise_crash = undefined
  hooks.__slotwise_logger = undefined
  await running.stop()
  closeMailer()
  sendBy(undefined)
  await db.drop()
})

function sendBy(url: string | undefined) {
  if (url) process.env.SMTP_URL = url
  else delete process.env.SMTP_URL
  globalThis.__slotwise_config = undefined
}
const book = (clock = '09:00', metadata: Record<string, string> = {}) =>
  bookAppointment.execute(
    { providerId: world.providerId, serviceId: world.serviceId, startTime: world.at(3, clock), client },
    newCall(anonymous, { metadata }),
  )
const owner = () => newCall(world.owner)
const drained = () => assertInvariants(db.owner, { drained: subscriptions })
async function until<T>(look: () => Promise<T | undefined | false>, ms = 40_000): Promise<T> {
  for (const end = Date.now() + ms; ; ) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const lives = async () =>
  (
    await db.owner<{ what: string[]; status: string; error: string | null; content: unknown }[]>`
      select array_agg(split_part(e.type, '.', 3) order by e.version) as what, m.status, m.error, m.content
      from message m join event_log e on e.aggregate_id = m.id where m.channel = 'email' group by m.id, m.tenant_id, m.status, m.error, m.content
      order by m.id`
  ).map((row) => ({ ...row }))
/** Every column of every table but those that are for it, and all that was logged. */
async function whereSaid(words: readonly string[]): Promise<string[]> {
  const tables = await db.owner<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition order by 1`
  const found: string[] = logged.filter((line) => words.some((word) => line.includes(word)))
  for (const { name } of tables)
    for (const word of words) {
      const rows = await db.owner.unsafe(`select 1 from ${name} t where strpos(t::text, $1) > 0 limit 1`, [
        word,
      ])
      if (rows.length > 0) found.push(name)
    }
  return [...new Set(found)]
}
const eventOf = (file: string) => {
  const calendar = new ICAL.Component(ICAL.parse(file) as unknown[])
  const event = calendar.getFirstSubcomponent('vevent')
  if (!event) throw new Error('no event')
  return { method: calendar.getFirstPropertyValue('method'), event: new ICAL.Event(event) }
}

test('booked, moved and cancelled: three mails, and one calendar entry that follows', async () => {
  sendBy(smtp.url)
  const { id } = await book('09:00', { language: 'de-AT', timeZone: 'Asia/Kathmandu' })
  await until(async () => (await smtp.mails()).length === 1)
  await rescheduleAppointment.execute({ id, startTime: world.at(4, '11:00') }, owner())
  await until(async () => (await smtp.mails()).length === 2)
  await cancelAppointment.execute({ id, reason: 'Wasserschaden' }, owner())
  await until(async () => (await smtp.mails()).length === 3)
  await drained()
  const mails = await smtp.mails()
  expect(mails.map((m) => m.subject.split(':')[0])).toEqual(['Bestätigt', 'Verlegt', 'Abgesagt'])
  for (const mail of mails) {
    expect(mail.envelope.to).toEqual([client.email])
    expect(mail.to).toEqual({ name: client.name, address: client.email })
    expect(mail.text).toContain('Ortszeit New York')
    expect(mail.text).toContain('Ortszeit Kathmandu (GMT+05:45)')
  }
  expect(mails[2]?.text).toContain('Grund: Wasserschaden')
  const files = mails.map((m) => eventOf(m.calendar?.content ?? ''))
  expect(files.map((f) => f.method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL'])
  expect(new Set(files.map((f) => f.event.uid)).size).toBe(1)
  const sequences = files.map((f) => f.event.sequence)
  expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b))
  expect(files.map((f) => f.event.startDate.toJSDate().getTime())).toEqual(
    [world.at(3, '09:00'), world.at(4, '11:00'), world.at(4, '11:00')].map((at) => Date.parse(at)),
  )
  expect(mails[0]?.text).toContain(`/bookings/${id}?token=`)
  expect(await lives()).toEqual(
    Array(3).fill({ what: ['requested', 'sent'], status: 'sent', error: null, content: null }),
  )
})

test('booked in one go: one mail, with every time in it and every entry beside it', async () => {
  sendBy(smtp.url)
  const items = ['09:00', '11:00', '13:00'].map((clock) => ({
    providerId: world.providerId,
    serviceId: world.serviceId,
    startTime: world.at(3, clock),
  }))
  await bookSeveral.execute({ items, client }, newCall(anonymous))
  await drained()
  const [mail, ...others] = await smtp.mails()
  expect(others).toEqual([])
  for (const clock of ['9:00', '11:00', '1:00']) expect(mail?.text).toContain(clock)
  const file = new ICAL.Component(ICAL.parse(mail?.calendar?.content ?? '') as unknown[])
  const starts = file.getAllSubcomponents('vevent').map((e) => new ICAL.Event(e).startDate.toJSDate())
  expect(starts.map((at) => at.toISOString().replace('.000Z', 'Z'))).toEqual(items.map((i) => i.startTime))
})

test('booked by a program: in the language it asks for, else in that of the business', async () => {
  const ask = (clock: string, headers: Record<string, string>) =>
    serveRest(
      new Request('http://slots.example.org/api/v1/bookings', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({
          providerId: world.providerId,
          serviceId: world.serviceId,
          startTime: world.at(3, clock),
          client,
        }),
      }),
    )
  for (const [clock, headers] of [
    ['09:00', { 'accept-language': 'fr, de-AT;q=0.9, en;q=0.5' }],
    ['10:00', {}],
    ['11:00', { 'accept-language': 'fr' }],
  ] as const)
    expect((await ask(clock, headers)).status).toBe(201)
  const mails = await until(async () => {
    const kept = await keptMails()
    return kept.length === 3 && kept
  })
  expect(mails.map(({ mail }) => mail.subject.split(':')[0]).sort()).toEqual([
    'Bestätigt',
    'Confirmed',
    'Confirmed',
  ])
})

test('a server that is away: tried again, given up, redriven once it is back: one mail', async () => {
  sendBy(smtp.url)
  await smtp.be('busy')
  await book()
  const letter = await until<DeadLetter>(
    async () => (await listDeadLetters(running.boss, { handler: 'send-mail' }))[0],
  )
  expect(letter).toMatchObject({
    attempts: 3,
    error: 'MailUndelivered: 451 4.3.2 at RCPT TO',
    handledAt: null,
  })
  expect(await lives()).toMatchObject([
    { what: ['requested', 'failed'], status: 'failed', error: 'MailUndelivered: 451 4.3.2 at RCPT TO' },
  ])
  const tries = await db.owner<{ at: Date }[]>`
    select failed_at as at from handling_failure where handler = 'send-mail' order by id`
  const gaps = tries.slice(1).map(({ at }, i) => at.getTime() - (tries[i]?.at.getTime() ?? 0))
  expect(gaps.length).toBe(2)
  // Each delay begins at twice the one before. A busy machine makes them longer, never shorter.
  gaps.forEach((gap, n) => {
    expect(gap).toBeGreaterThanOrEqual(1000 * 2 ** n - 2)
  })
  expect(await smtp.mails()).toEqual([])
  expect(await whereSaid(said)).toEqual(['public.contact'])

  await smtp.be('accept')
  await redrive(running.boss, [letter])
  await until(async () => (await lives())[0]?.status === 'sent')
  await drained()
  expect(await smtp.mails()).toHaveLength(1)
  expect((await lives())[0]?.what).toEqual(['requested', 'failed', 'sent'])
  expect(await listDeadLetters(running.boss)).toEqual([])
})

test('refused for good: said at once, tried once, and nobody is asked to redrive it', async () => {
  sendBy(smtp.url)
  await smtp.be('refuse')
  await book()
  await until(async () => (await lives())[0]?.status === 'failed')
  await drained()
  expect(await lives()).toMatchObject([{ what: ['requested', 'failed'], error: '550 5.1.1 at RCPT TO' }])
  expect(await smtp.attempts()).toBe(1)
  expect(await listDeadLetters(running.boss)).toEqual([])
  expect(await whereSaid(said)).toEqual(['public.contact'])
})

test('fallen between sending and saying so: sent once more, under the same Message-ID', async () => {
  sendBy(smtp.url)
  let falls = 1
  hooks.__slotwise_crash = (point) => {
    if (point === 'outside-called' && falls-- > 0) throw new Error('fell')
  }
  await book()
  await until(async () => (await smtp.mails()).length === 2)
  await until(async () => (await lives())[0]?.status === 'sent')
  await drained()
  expect(new Set((await smtp.mails()).map((m) => m.messageId)).size).toBe(1)
  expect((await lives())[0]?.what).toEqual(['requested', 'sent'])
})

test('without a server mails are kept, sealed, until the person is forgotten', async () => {
  const { id } = await book()
  const [entry] = await until(async () => ((await lives())[0]?.status === 'sent' ? await keptMails() : false))
  expect(entry?.mail).toMatchObject({
    to: { name: client.name, address: client.email },
    subject: /^Confirmed: Session/,
  })
  expect(entry?.mail.calendar?.method).toBe('REQUEST')
  expect(await keptMails('ZEB confirmed')).toHaveLength(1)
  expect(await keptMails('somebody')).toEqual([])
  expect((await keptMailById(entry?.id ?? ''))?.mail.text).toContain(id)
  await drained()
  expect(await whereSaid(said)).toEqual(['public.contact'])
  const [row] = await db.owner<{ id: string }[]>`select contact_id as id from appointment where id = ${id}`
  await eraseSubject.execute({ businessId: world.businessId, contactId: row?.id ?? '' }, owner())
  expect(await keptMails()).toEqual([])
  await cancelAppointment.execute({ id }, owner())
  await drained()
  expect(await lives()).toHaveLength(1)
})

test('shows kept mails to nobody where there is a server, nor in production without the demo', async () => {
  await book()
  await until(async () => ((await keptMails())[0] ? true : undefined))
  for (const settings of [
    { SMTP_URL: smtp.url },
    { NODE_ENV: 'production', DEMO: 'false' },
    { NODE_ENV: 'production' },
  ]) {
    const before = { ...process.env }
    Object.assign(process.env, settings)
    globalThis.__slotwise_config = undefined
    expect(await keptMails()).toEqual([])
    process.env = before
    globalThis.__slotwise_config = undefined
  }
  expect(await keptMails()).toHaveLength(1)
})

test('whoever makes an account is welcomed, once and in the language they made it in', async () => {
  sendBy(smtp.url)
  const person = { name: 'Zebulon Quirk', email: 'zeb@quirk.example', password: 'correct horse battery' }
  await signUp({ ...person, language: 'de' })
  await signUp({ ...person, language: 'en' })
  await until(async () => (await lives())[0]?.status === 'sent')
  await drained()
  const mails = await smtp.mails()
  expect(mails.map((m) => [m.to.address, m.subject])).toEqual([[client.email, 'Willkommen bei SlotWise']])
  expect(mails[0]?.text).toContain(`${config().PUBLIC_URL}/start`)
})

test('a letter about an account carries its link sealed, and only until it was sent', async () => {
  sendBy(smtp.url)
  const recipientId = newId()
  const url = 'https://slots.example.org/sign-in/link#s3cret-of-one-use'
  const ask = (over: object = {}) =>
    requestMessage.execute(
      {
        recipientId,
        template: 'magic_link',
        language: 'de',
        aboutType: 'auth.user',
        aboutId: recipientId,
        content: { to: { name: 'Zebulon', address: 'zeb@quirk.example' }, url, minutes: 10 },
        ...over,
      },
      newCall(systemActor('test')),
    )
  await smtp.be('busy')
  await ask()
  await until(async () => (await smtp.attempts()) > 0 || undefined)
  expect((await lives())[0]?.content).not.toBeNull()
  expect(await whereSaid(['s3cret', ...said])).toEqual([])
  await smtp.be('accept')
  const [mail] = await until(async () => ((await smtp.mails()).length > 0 ? smtp.mails() : false))
  expect(mail?.subject).toBe('Ihr Link zum Anmelden')
  expect(mail?.text).toContain(url)
  expect(mail?.html).toContain(url)
  await until(async () => (await lives())[0]?.content === null || undefined)
  await expect(
    ask({ content: { to: { name: 'x\r\nBcc: y', address: 'zeb@quirk.example' }, url } }),
  ).rejects.toMatchObject({
    kind: 'malformed',
  })
  await expect(
    ask({ content: { to: { name: '', address: 'zeb@quirk.example' }, url: 'javascript:alert(1)' } }),
  ).rejects.toMatchObject({ kind: 'malformed' })
})
