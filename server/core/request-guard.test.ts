import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { trustedProxies } from './addresses'
import { malformed, stamp } from './request-guard'

const from = (peer: string, headers: Record<string, string>) =>
  ({ headers: { ...headers }, socket: { remoteAddress: peer } }) as unknown as IncomingMessage
const oneProxy = trustedProxies('1') ?? { hops: 0 }
const network = trustedProxies('10.0.0.0/8') ?? { hops: 0 }

describe('stamp', () => {
  test('believes a trusted proxy about scheme and host, and passes on one address', () => {
    const req = from('10.0.0.1', { 'x-forwarded-for': '6.6.6.6, 198.51.100.7', 'x-forwarded-proto': 'https' })
    stamp(req, oneProxy)
    expect(req.headers).toMatchObject({
      'x-slotwise-peer': '198.51.100.7',
      'x-forwarded-for': '198.51.100.7',
      'x-forwarded-proto': 'https',
    })
  })

  test('believes nobody outside the trusted networks', () => {
    const req = from('8.8.8.8', {
      'x-forwarded-for': '1.1.1.1',
      'x-forwarded-proto': 'https',
      forwarded: 'for=1.1.1.1',
    })
    stamp(req, network)
    expect(req.headers).toMatchObject({ 'x-slotwise-peer': '8.8.8.8', 'x-forwarded-for': '8.8.8.8' })
    expect(req.headers).not.toHaveProperty('x-forwarded-proto')
    expect(req.headers).not.toHaveProperty('forwarded')
  })

  test.each(['x-slotwise-tenant', 'x-middleware-subrequest', 'x-nextjs-data'])('drops %s', (name) => {
    const req = from('10.0.0.1', { [name]: 'forged' })
    stamp(req, oneProxy)
    expect(req.headers).not.toHaveProperty(name)
  })
})

describe('malformed', () => {
  const ask = (url: string, host = 'localhost:3000', method = 'GET') =>
    malformed({ url, method, headers: { host } } as unknown as IncomingMessage)

  test.each(['/', '/book/caf%C3%A9?q=%zz', '/a/b.js', '/?next=//evil'])('%s passes', (url) => {
    expect(ask(url)).toBeUndefined()
  })
  test.each(['', '*', 'http://a/b', '//a', '/%', '/a%0d%0ab', '/a\\b', '/%c0%af'])(
    '"%s" is refused',
    (url) => {
      expect(ask(url)?.status).toBe(400)
    },
  )
  test.each(['localhost', 'a.b-c.example:443', '127.0.0.1', '[::1]:3000'])('host %s passes', (host) => {
    expect(ask('/', host)).toBeUndefined()
  })
  test.each(['a b', 'a/b', 'a:b', 'user@a', ''])('host "%s" is refused', (host) => {
    expect(ask('/', host)).toMatchObject({ status: 400, code: 'malformed' })
  })
  test('TRACE is refused', () => {
    expect(ask('/', 'a', 'TRACE')?.status).toBe(405)
  })
})
