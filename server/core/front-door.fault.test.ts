import { Agent, get, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trustedProxies } from './addresses'
import { FrontDoor } from './front-door'
import { afterDrain, onShutdown, shuttingDown } from './lifecycle'

const CAP = 1024
const asked: string[] = []
let release = () => {}
const held = new Promise<void>((resolve) => {
  release = resolve
})

async function body(message: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of message) text += chunk
  return text
}

const door = new FrontDoor({
  handlers: [(req, res) => req.url === '/early' && Boolean(res.end('early'))],
  async app(req, res) {
    asked.push(req.url ?? '')
    if (req.url === '/throws') throw new Error('postgres://secret in a stack')
    if (req.url === '/stream') {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      res.write(':\n\n')
      onShutdown(() => void res.end('event: bye\n\n'))
      return
    }
    if (req.url === '/slow') await held
    res.end(JSON.stringify({ headers: req.headers, body: await body(req) }))
  },
  proxies: trustedProxies('0') ?? { hops: 0 },
  drainSeconds: 10,
  maxBodyBytes: CAP,
})

let port = 0
const agent = new Agent({ keepAlive: true })

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  text: string
}

function ask(
  path: string,
  options: { headers?: Record<string, string>; send?: string[]; agent?: Agent } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const { send, ...rest } = options
    const req = request(
      { port, host: '127.0.0.1', path, method: send ? 'POST' : 'GET', ...rest },
      async (res) => {
        resolve({ status: res.statusCode ?? 0, headers: res.headers, text: await body(res) })
      },
    )
    req.once('error', reject)
    for (const part of send ?? []) req.write(part)
    req.end()
  })
}

function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => {
      said += chunk
    })
    socket.on('close', () => resolve(said)).on('error', () => resolve(said))
  })
}

const headersOf = (answer: Answer) => (JSON.parse(answer.text) as { headers: Record<string, string> }).headers

beforeAll(async () => {
  await door.listen(0, '127.0.0.1')
  port = (door.server.address() as AddressInfo).port
})
afterAll(() => door.server.closeAllConnections())

describe('what the app is told', () => {
  test('is the peer, not what the client claims', async () => {
    const answer = await ask('/', {
      headers: {
        'x-slotwise-peer': '6.6.6.6',
        'x-forwarded-for': '6.6.6.6',
        'x-forwarded-host': 'evil.example',
      },
    })
    expect(headersOf(answer)).toMatchObject({
      'x-slotwise-peer': '127.0.0.1',
      'x-forwarded-for': '127.0.0.1',
    })
    expect(headersOf(answer)).not.toHaveProperty('x-forwarded-host')
  })

  test('is an id per request, the client’s only when it is a uuid', async () => {
    const id = '0190f3c2-7b1a-7e3d-9c55-1f2e3d4c5b6a'
    expect((await ask('/', { headers: { 'x-request-id': id } })).headers['x-request-id']).toBe(id)
    const other = await ask('/', { headers: { 'x-request-id': 'a" onload' } })
    expect(other.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(headersOf(other)['x-request-id']).toBe(other.headers['x-request-id'])
  })

  test('is nothing when a handler before it answers', async () => {
    expect((await ask('/early')).text).toBe('early')
    expect(asked).not.toContain('/early')
  })
})

describe('bodies', () => {
  test('that fit arrive whole, announced or in chunks', async () => {
    const parts = ['a'.repeat(500), 'b'.repeat(500)]
    const chunked = await ask('/chunked', { send: parts })
    const announced = await ask('/announced', { send: parts, headers: { 'content-length': '1000' } })
    for (const answer of [chunked, announced]) expect(JSON.parse(answer.text).body).toBe(parts.join(''))
  })

  test.each([
    ['announced', { 'content-length': String(10 * 1024 * 1024) }],
    ['in chunks', undefined],
  ])('that are too large, %s, are refused before the app is asked', async (how, headers) => {
    const send = Array.from({ length: 10 }, () => 'x'.repeat(1024 * 1024))
    const answer = await ask(`/large-${how}`.replace(' ', '-'), { send, headers })
    expect(answer.status).toBe(413)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(JSON.parse(answer.text)).toMatchObject({ status: 413, code: 'too_large' })
    expect(asked.some((path) => path.startsWith('/large'))).toBe(false)
  })

  test('that somebody sent with a form lead to the page that explains it', async () => {
    const send = ['x'.repeat(2000)]
    const answer = await ask('/large-form', { send, headers: { accept: 'text/html' } })
    expect([answer.status, answer.headers.location]).toEqual([303, '/errors/too_large'])
  })
})

describe('malformed requests', () => {
  test.each([
    ['rubbish', 'rubbish\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    ['a length that is none', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', 400],
    ['a bad escape', 'GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
    ['a NUL in the path', 'GET /a%00b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
    ['another host in the path', 'GET //evil.example/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 400],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a/b?c\r\nConnection: close\r\n\r\n', 400],
    ['a long address', `GET /${'a'.repeat(9000)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`, 414],
    ['huge headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['a broken chunk', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
  ])('%s', async (_, text, status) => {
    const answer = await raw(text)
    expect(answer.split('\r\n')[0]).toContain(` ${status} `)
    expect(answer).toContain(`"status":${status}`)
  })

  test('headers that never end are given up on', async () => {
    expect(await raw('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ')).toContain(' 408 ')
  })

  test('a fault of ours shows nothing of itself', async () => {
    const answer = await ask('/throws')
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('postgres')
    expect(JSON.parse(answer.text)).toMatchObject({
      code: 'internal',
      correlationId: answer.headers['x-request-id'],
    })
  })
})

test('stopping lets everyone finish: answers under way, streams, connections at rest', async () => {
  await ask('/at-rest', { agent })
  const slow = ask('/slow')
  const streams = Array.from(
    { length: 100 },
    () =>
      new Promise<string>((resolve, reject) => {
        get({ port, host: '127.0.0.1', path: '/stream' }, async (res) => resolve(await body(res))).once(
          'error',
          reject,
        )
      }),
  )
  while (asked.filter((path) => path === '/stream').length < 100) await new Promise((r) => setTimeout(r, 10))
  let drainedFirst = false
  afterDrain(() => {
    drainedFirst = asked.includes('/late')
  })

  const started = Date.now()
  const stopped = door.stop()
  await new Promise((r) => setTimeout(r, 100))
  expect(shuttingDown()).toBe(true)
  const late = await ask('/late', { agent })
  expect(late.status).toBe(200)
  expect(late.headers.connection).toBe('close')
  await expect(ask('/new', { agent: new Agent() })).rejects.toThrow('ECONNREFUSED')
  release()
  const finished = await slow
  expect(finished.status).toBe(200)
  expect(finished.headers.connection).toBe('close')
  for (const text of await Promise.all(streams)) expect(text).toContain('bye')
  await stopped
  expect(Date.now() - started).toBeLessThan(5000)
  expect(drainedFirst).toBe(true)
})
