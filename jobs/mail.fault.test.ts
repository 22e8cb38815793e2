import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants } from '@/db/invariants'
import { startApp, type TestApp } from '@/db/testing-app'
import { someone, testWorld } from '@/db/testing-world'
import { type SmtpServer, startSmtp } from '@/server/adapters/mail/testing-smtp'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { subscriptions } from './subscriptions'

let smtp: SmtpServer
let app: TestApp

beforeAll(async () => {
  smtp = await startSmtp()
  app = await startApp({ web: 0, workers: 1, env: { SMTP_URL: smtp.url, CRASH_AT: 'outside-called' } })
})
afterAll(async () => {
  await app?.close()
  await smtp.stop()
})

test('a worker that is killed between sending and saying so: one more mail at most, with the same Message-ID', async () => {
  const world = await testWorld()
  const { providerId, serviceId } = world
  await bookAppointment.execute(
    { providerId, serviceId, startTime: world.at(2, '09:00'), client: someone() },
    newCall(anonymous),
  )
  const mailed = async (n: number) => (await smtp.mails()).length === n
  await until(() => mailed(1))
  await until(async () => app.workers[0]?.child.signalCode === 'SIGKILL')
  await app.workers[0]?.restart({ CRASH_AT: '' })
  await until(async () => {
    const [row] = await app.owner<{ status: string }[]>`select status from message where channel = 'email'`
    return row?.status === 'sent'
  })
  await assertInvariants(app.owner, { drained: subscriptions })
  const ids = (await smtp.mails()).map((mail) => mail.messageId)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

async function until(look: () => Promise<boolean>, ms = 90_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await look())) {
    if (Date.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
