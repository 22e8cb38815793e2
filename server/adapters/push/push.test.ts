import { createDecipheriv, createECDH, createPublicKey, hkdfSync, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testSecrets } from '@/db/testing-secrets'
import { loadConfig } from '@/server/core/config'
import { PushGone, PushRefused } from './push'
import { sealFor } from './seal'
import { pushKey, sendPush } from './sender'

const pairOf = (secret?: string) => {
  const pair = createECDH('prime256v1')
  if (secret) pair.setPrivateKey(secret, 'base64url')
  else pair.generateKeys()
  return pair
}

/** As a browser opens it, by the standard's own steps. */
function opened(body: Buffer, pair: ReturnType<typeof pairOf>, auth: Buffer): string {
  const salt = body.subarray(0, 16)
  const ours = body.subarray(21, 21 + (body[20] ?? 0))
  const sealed = body.subarray(21 + ours.length)
  const label = (text: string) => Buffer.from(text, 'latin1')
  const derive = (secret: Buffer, by: Buffer, info: Buffer, n: number) =>
    Buffer.from(hkdfSync('sha256', secret, by, info, n))
  const info = Buffer.concat([label('WebPush: info\0'), pair.getPublicKey(), ours])
  const input = derive(pair.computeSecret(ours), auth, info, 32)
  const key = derive(input, salt, label('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(input, salt, label('Content-Encoding: nonce\0'), 12)
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  const end = plain.lastIndexOf(2)
  return plain.subarray(0, end).toString()
}

type Heard = { path: string; headers: IncomingHttpHeaders; body: Buffer }
let server: Server
let answer = 201
const heard: Heard[] = []
const serverKey = Buffer.alloc(32, 5).toString('base64url')
const settings = (more: object) => {
  globalThis.__slotwise_config = loadConfig({
    ...testSecrets,
    DATABASE_URL: 'postgres://somebody@127.0.0.1/nothing',
    VAPID_PRIVATE_KEY: serverKey,
    PRIVATE_ADDRESSES: 'on',
    MAIL_FROM: 'desk@slots.example',
    ...more,
  })
}

beforeEach(async () => {
  settings({})
  heard.length = 0
  answer = 201
  server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    heard.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
    response.writeHead(answer, { location: 'http://127.0.0.1:1/elsewhere' }).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
})
afterEach(() => {
  globalThis.__slotwise_config = undefined
  server.closeAllConnections()
  server.close()
})

const browser = pairOf()
const auth = Buffer.from('0123456789abcdef')
const target = (endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/to/me`) => ({
  endpoint,
  p256dh: browser.getPublicKey('base64url'),
  auth: auth.toString('base64url'),
})
const push = { body: '{"title":"Zoë"}', topic: 'a'.repeat(32), ttlSeconds: 60 }

test('the standard’s own example comes out byte for byte', () => {
  const sealed = sealFor(
    {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    Buffer.from('When I grow up, I want to be a watermelon'),
    {
      pair: pairOf('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
      salt: Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'),
    },
  )
  expect(sealed.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

test('a browser’s service gets what only that browser can read, signed by who sent it', async () => {
  await sendPush(target(), push)
  const [said] = heard
  expect(said?.path).toBe('/to/me')
  expect(said?.headers).toMatchObject({ ttl: '60', topic: push.topic, 'content-encoding': 'aes128gcm' })
  expect(said?.body.toString('latin1')).not.toContain('title')
  expect(opened(said?.body ?? Buffer.of(), browser, auth)).toBe(push.body)
  const [, token = '', key = ''] = /^vapid t=(.+), k=(.+)$/.exec(said?.headers.authorization ?? '') ?? []
  expect(key).toBe(pushKey())
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const [head = '', claims = '', signature = ''] = token.split('.')
  const jwk = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = Buffer.from(`${head}.${claims}`)
  const by = { key: jwk, dsaEncoding: 'ieee-p1363' } as const
  expect(verify('sha256', signed, by, Buffer.from(signature, 'base64url'))).toBe(true)
  const { aud, sub, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString())
  expect([aud, sub]).toEqual([new URL(target().endpoint).origin, 'mailto:desk@slots.example'])
  expect(exp * 1000).toBeGreaterThan(Date.now())
  expect(exp * 1000).toBeLessThan(Date.now() + 24 * 3_600_000)
})

test.each([
  [404, PushGone],
  [410, PushGone],
  [302, PushRefused],
  [413, PushRefused],
])('answered with %i it is over, one way or the other', async (status, kind) => {
  answer = status
  await expect(sendPush(target(), push)).rejects.toBeInstanceOf(kind)
  expect(heard).toHaveLength(1)
})

test.each([429, 503])('answered with %i it may be tried again', async (status) => {
  answer = status
  const error = await sendPush(target(), push).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(error instanceof PushGone || error instanceof PushRefused).toBe(false)
})

test('no word of a browser leads into a private network, and nothing goes out in the clear', async () => {
  settings({ PRIVATE_ADDRESSES: 'off' })
  for (const endpoint of [
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://localhost/x',
    'http://1.1.1.1/x',
  ])
    await expect(sendPush(target(endpoint), push)).rejects.toBeInstanceOf(PushRefused)
  expect(heard).toEqual([])
})

test('without a key nothing is pushed, and what is no key is refused', async () => {
  settings({ VAPID_PRIVATE_KEY: undefined })
  expect(pushKey()).toBeNull()
  await expect(sendPush(target(), push)).rejects.toBeInstanceOf(PushRefused)
  for (const wrong of ['short', 'A'.repeat(43)])
    expect(() => settings({ VAPID_PRIVATE_KEY: wrong })).toThrow(/VAPID_PRIVATE_KEY must be 32 bytes/)
  settings({})
  await expect(sendPush({ ...target(), p256dh: 'BAAA' }, push)).rejects.toBeInstanceOf(PushRefused)
})
