import { createDecipheriv, createECDH, hkdfSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { pressLink, someoneSignedIn } from '@/db/testing-browser'
import { testWorld, type World } from '@/db/testing-world'
import { grantMembership } from '@/server/auth/membership/grant'
import { actorOf, signedIn } from '@/server/auth/user/session'
import { bookAppointment } from '@/server/booking/appointment/book'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { createProvider } from '@/server/business/provider/create'
import { linkProvider } from '@/server/business/provider/link'
import { listedProvider } from '@/server/business/provider/list'
import { anonymous, systemActor } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { listBrowsers } from '@/server/notification/browser/queries'
import { removeBrowser } from '@/server/notification/browser/remove'
import { subscribeBrowser } from '@/server/notification/browser/subscribe'
import { countUnread, showNotice } from '@/server/notification/inbox/queries'
import { setOwnPreferences } from '@/server/notification/preference/set-own'
import { tellStaff } from './handlers/tell-staff'
import { type Running, startHandling } from './run'
import { subscriptions as real } from './subscriptions'

type Said = { title: string; body: string; tag: string; url: string; lang: string }
type Signed = Awaited<ReturnType<typeof someoneSignedIn>>

/** Without the moment in which it could be undone. */
const subscriptions = real.map((s) => (s.handler === tellStaff ? { ...s, at: null } : s))

let db: TestDatabase
let world: World
let running: Running
let service: Server
let answers: Record<string, number>
let heard: { to: string; body: Buffer }[]

/** A browser's own keys: what is sent to it is opened with them, as RFC 8291 says. */
const pair = createECDH('prime256v1')
pair.generateKeys()
const auth = Buffer.alloc(16, 7)

beforeEach(async () => {
  db = await testDatabase()
  process.env.PRIVATE_ADDRESSES = 'on'
  process.env.VAPID_PRIVATE_KEY = Buffer.alloc(32, 5).toString('base64url')
  globalThis.__slotwise_config = undefined
  answers = {}
  heard = []
  service = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    heard.push({ to: request.url ?? '', body: Buffer.concat(parts) })
    response.writeHead(answers[request.url ?? ''] ?? 201).end()
  })
  await new Promise<void>((ready) => service.listen(0, '127.0.0.1', ready))
  world = await testWorld()
  running = await startHandling(subscriptions)
})
afterEach(async () => {
  await running.stop()
  await assertInvariants(db.owner)
  await db.drop()
  delete process.env.PRIVATE_ADDRESSES
  delete process.env.VAPID_PRIVATE_KEY
  globalThis.__slotwise_config = undefined
  service.closeAllConnections()
  service.close()
})

const drained = () => assertInvariants(db.owner, { drained: subscriptions })
const callOf = async (who: Signed) => newCall(await actorOf(who.headers()))
const subscribed = async (who: Signed, to: string) => {
  const { sessionId } = (await signedIn(who.headers())) ?? expect.fail('not signed in')
  const { port } = service.address() as AddressInfo
  const target = { p256dh: pair.getPublicKey('base64url'), auth: auth.toString('base64url') }
  const said = { ...target, endpoint: `http://127.0.0.1:${port}${to}`, agent: 'Firefox/140 on Linux' }
  return (await subscribeBrowser.execute({ sessionId, ...said }, await callOf(who))).browserId
}
const book = (clock: string, client = { name: 'Zoë Quirk', email: 'zoe@quirk.example' }) =>
  bookAppointment.execute(
    { providerId: world.providerId, serviceId: world.serviceId, startTime: world.at(3, clock), client },
    newCall(anonymous),
  )
const zoe = async () => {
  const who = await someoneSignedIn('zoe@quirk.example')
  await pressLink('verify_address', who)
  return who
}

/** What each address was told, opened. */
function told(to: string): Said[] {
  const label = (text: string) => Buffer.from(`${text}\0`)
  const derive = (secret: Buffer, salt: Buffer, info: Buffer, n: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, info, n))
  return heard
    .filter((one) => one.to === to)
    .map(({ body }) => {
      const [salt, ours, sealed] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)]
      const info = Buffer.concat([label('WebPush: info'), pair.getPublicKey(), ours])
      const input = derive(pair.computeSecret(ours), auth, info, 32)
      const key = derive(input, salt, label('Content-Encoding: aes128gcm'), 16)
      const nonce = derive(input, salt, label('Content-Encoding: nonce'), 12)
      const opened = createDecipheriv('aes-128-gcm', key, nonce)
      opened.setAuthTag(sealed.subarray(-16))
      const plain = Buffer.concat([opened.update(sealed.subarray(0, -16)), opened.final()])
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString()) as Said
    })
}

test('clients and those who work there are told in each of their browsers, in their language, nothing that names anybody', async () => {
  const [client, admin] = [await zoe(), await someoneSignedIn('olga@house.example', 'Olga Owner')]
  await grantMembership.execute(
    { businessId: world.businessId, userId: admin.userId, role: 'admin' },
    newCall(world.owner),
  )
  await admin.post('update-user', { language: 'de' })
  for (const to of ['/phone', '/desk']) await subscribed(client, to)
  await subscribed(admin, '/admin')
  await book('09:00')
  await drained()
  const [phone] = told('/phone')
  expect(phone).toMatchObject({ title: 'Test House', lang: 'en' })
  expect(phone?.body).toMatch(/^Your booking is confirmed: /)
  expect(told('/desk')).toEqual([phone])
  const [desk] = told('/admin')
  expect(desk?.body).toMatch(/^Neue Buchung: /)
  expect(JSON.stringify([phone, desk])).not.toMatch(/Zoë|Quirk|Session|token/)

  const notificationId = phone?.url.split('/').at(-1) ?? ''
  const leads = await showNotice.execute({ notificationId }, await callOf(client))
  expect(leads.path).toMatch(/^\/bookings\/.+token=/)
  expect(leads.opens).not.toBe(notificationId)
  await expect(showNotice.execute({ notificationId }, await callOf(admin))).rejects.toMatchObject({
    kind: 'not_found',
  })
  expect((await countUnread.execute({}, await callOf(client))).unread).toBe(1)
})

test('whoever had a booking that went to a colleague is told so, and not when it is now', async () => {
  const { businessId, providerId, serviceId, owner } = world
  const [call, had] = [newCall(owner), await someoneSignedIn('ada@house.example', 'Ada Test')]
  await grantMembership.execute({ businessId, userId: had.userId, role: 'provider' }, call)
  await linkProvider.execute({ businessId, providerId, userId: had.userId }, call)
  const { rules } = await listedProvider.execute({ businessId, providerId }, call)
  const colleague = { businessId, name: 'Bea', rules, serviceIds: [serviceId] }
  const other = (await createProvider.execute(colleague, call)).providerId
  await subscribed(had, '/had')
  const { id } = await book('09:00')
  await drained()
  expect(told('/had').map(({ body }) => body)).toEqual([expect.stringMatching(/^New booking: .*9:00/)])
  await rescheduleAppointment.execute({ id, startTime: world.at(4, '10:00'), providerId: other }, call)
  await drained()
  expect(told('/had').at(-1)?.body).toBe('Booking moved. Somebody else in the team has it now.')
})

test('a browser that is gone, signed out, taken over or removed is told of nothing more', async () => {
  const client = await zoe()
  const browserId = await subscribed(client, '/removed')
  for (const to of ['/gone', '/shared', '/stays']) await subscribed(client, to)
  const { browsers } = await listBrowsers.execute({}, await callOf(client))
  expect(browsers.map(({ agent }) => agent)).toEqual(Array(4).fill('Firefox/140 on Linux'))
  const other = await someoneSignedIn('bea@quirk.example')
  await subscribed(other, '/shared')
  await expect(removeBrowser.execute({ browserId }, await callOf(other))).rejects.toMatchObject({
    kind: 'not_found',
  })
  await removeBrowser.execute({ browserId }, await callOf(client))
  answers['/gone'] = 410
  await book('09:00')
  await drained()
  expect(heard.map(({ to }) => to).sort()).toEqual(['/gone', '/stays'])
  expect((await listBrowsers.execute({}, await callOf(client))).browsers).toHaveLength(1)
  await client.post('sign-out')
  await book('11:00')
  await drained()
  expect(told('/stays')).toHaveLength(1)
  const rows = await db.owner`select 1 from browser where active`
  expect(rows).toHaveLength(1)
})

test('whoever said no is not told; what cannot be taken now is tried again', async () => {
  const client = await zoe()
  await subscribed(client, '/phone')
  answers['/phone'] = 503
  const { id } = await book('09:00')
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThan(0)
  answers['/phone'] = 201
  await drained()
  expect(told('/phone').at(-1)?.body).toMatch(/confirmed/)
  await setOwnPreferences.execute({ choices: { bookings: { push: false } } }, await callOf(client))
  const before = heard.length
  await cancelAppointment.execute({ id }, newCall(systemActor('a-test')))
  await drained()
  expect(heard).toHaveLength(before)
})

test('a browser that cannot be reached keeps none of the others waiting, and they are told once', async () => {
  const client = await zoe()
  for (const to of ['/first', '/stuck', '/last']) await subscribed(client, to)
  answers['/stuck'] = 503
  await book('09:00')
  const tries = () => heard.filter(({ to }) => to === '/stuck').length
  await expect.poll(tries, { timeout: 20_000 }).toBeGreaterThan(0)
  answers['/stuck'] = 201
  await drained()
  for (const to of ['/first', '/last', '/stuck'])
    expect(told(to).at(-1)?.body).toMatch(/^Your booking is confirmed/)
  expect([told('/first').length, told('/last').length]).toEqual([1, 1])
  const [row] = await db.owner`select status from message where channel = 'push'`
  expect(row?.status).toBe('sent')
})

test('no address of a private network is kept, and nobody has browsers without end', async () => {
  process.env.PRIVATE_ADDRESSES = 'off'
  globalThis.__slotwise_config = undefined
  const client = await zoe()
  await expect(subscribed(client, '/x')).rejects.toMatchObject({ code: 'push_address' })
  const { sessionId } = (await signedIn(client.headers())) ?? expect.fail('not signed in')
  const keys = { p256dh: pair.getPublicKey('base64url'), auth: auth.toString('base64url') }
  const call = await callOf(client)
  for (let n = 0; n < 22; n++)
    await subscribeBrowser.execute({ sessionId, endpoint: `https://push.example/${n}`, ...keys }, call)
  expect((await listBrowsers.execute({}, call)).browsers).toHaveLength(20)
})
