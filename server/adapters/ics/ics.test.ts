import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { fetchCalendar } from './fetch'
import { CalendarUnreadable } from './ics'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A server of calendars on this machine, and how often it was asked. */
async function serving(answer: RequestListener): Promise<string> {
  server = createServer(answer)
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const here = (address: string, known: Parameters<typeof fetchCalendar>[1] = null) =>
  fetchCalendar(address, known, { open: true, plain: true })
const failure = async (asked: Promise<unknown>): Promise<string> => {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(CalendarUnreadable)
  return (error as CalendarUnreadable).failure
}

describe('a calendar elsewhere', () => {
  test('is read, and not sent again while it is the same', async () => {
    const root = await serving((request, response) => {
      const same = request.headers['if-none-match'] === '"one"'
      response.writeHead(same ? 304 : 200, {
        etag: '"one"',
        'last-modified': 'Fri, 20 Nov 2026 10:00:00 GMT',
      })
      response.end(same ? undefined : 'BEGIN:VCALENDAR é')
    })
    const first = await here(`${root}/a.ics`)
    expect(first).toEqual({
      changed: true,
      text: 'BEGIN:VCALENDAR é',
      etag: '"one"',
      lastModified: 'Fri, 20 Nov 2026 10:00:00 GMT',
    })
    expect(await here(`${root}/a.ics`, { etag: '"one"', lastModified: null })).toEqual({ changed: false })
  })

  test('is found where it moved to, a few times', async () => {
    const root = await serving((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end()
      else response.end('BEGIN:VCALENDAR')
    })
    expect(await here(`${root}/3`)).toMatchObject({ text: 'BEGIN:VCALENDAR' })
    expect(await failure(here(`${root}/4`))).toBe('too_many_redirects')
  })

  test.each([
    ['is gone', 404, {}, 'answered_404'],
    ['is the same as nobody knows what', 304, {}, 'answered_304'],
    ['is broken', 500, {}, 'answered_500'],
    ['leads nowhere', 302, {}, 'answered_302'],
    ['leads to another protocol', 302, { location: 'file:///etc/passwd' }, 'address_refused'],
    ['says that it is large', 200, { 'content-length': '9000000' }, 'too_large'],
  ])('that %s is told apart', async (_, status, headers, expected) => {
    const root = await serving((_request, response) => {
      response.writeHead(status, headers)
      response.end()
    })
    expect(await failure(here(root))).toBe(expected)
  })

  test('that never ends is not read to its end', async () => {
    const root = await serving((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(100_000, 'x')));
        response.once('drain', more)
      }
      more()
    })
    expect(await failure(here(root))).toBe('too_large')
  })

  test('that nobody serves is out of reach', async () => {
    const root = await serving((_request, response) => response.end())
    server?.close()
    expect(await failure(here(root))).toBe('unreachable')
  })
})

const strict = { open: false, plain: true }

describe('nobody’s word leads into a private network', () => {
  test.each([
    'http://127.0.0.1/a.ics',
    'http://2130706433/a.ics',
    'http://0x7f.1/a.ics',
    'http://[::1]/a.ics',
    'http://[::ffff:10.0.0.1]/a.ics',
    'https://169.254.169.254/latest/meta-data',
    'http://localhost/a.ics',
    'ftp://example.org/a.ics',
  ])('%s', async (address) => {
    expect(await failure(fetchCalendar(address, null, strict))).toBe('address_refused')
  })

  test('though nobody there is ever asked', async () => {
    let asked = 0
    const root = await serving((_request, response) => {
      asked++
      response.end('BEGIN:VCALENDAR')
    })
    const { port } = new URL(root)
    expect(await failure(fetchCalendar(`http://localhost:${port}`, null, strict))).toBe('address_refused')
    expect(await failure(fetchCalendar(root, null, strict))).toBe('address_refused')
    expect(asked).toBe(0)
    await here(root)
    expect(asked).toBe(1)
  })

  test('nor is anything asked in plain words where that is not wanted', async () => {
    const asked = fetchCalendar('http://example.org/a.ics', null, { open: true, plain: false })
    expect(await failure(asked)).toBe('address_refused')
  })
})
