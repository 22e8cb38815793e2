import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { browser, password, someoneSignedIn } from '@/db/testing-browser'
import { endpoints } from './endpoints'
import { actorOf } from './session'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const publicUrl = (url?: string) => {
  if (url) process.env.PUBLIC_URL = url
  else delete process.env.PUBLIC_URL
  globalThis.__slotwise_config = undefined
}
afterEach(() => publicUrl())

const cookieOf = async (email: string) => {
  const there = browser()
  await there.post('sign-up/email', { name: 'Ida', email, password })
  const response = await there.post('sign-in/email', { email, password })
  return { there, cookies: response.headers.getSetCookie() }
}

describe('the session’s cookie', () => {
  test('is for the server alone and for this host alone', async () => {
    const { cookies } = await cookieOf('ida@example.com')
    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatch(
      /^slotwise\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  test('over https can be neither planted nor read by a subdomain', async () => {
    publicUrl('https://book.example.org')
    const { there, cookies } = await cookieOf('ivo@example.com')
    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatch(
      /^__Host-slotwise\.session_token=[^;]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(await actorOf(there.headers())).toMatchObject({ kind: 'user' })
  })

  test('ends with the browser when asked to', async () => {
    await someoneSignedIn('jan@example.com')
    const jan = browser()
    const response = await jan.post('sign-in/email', {
      email: 'jan@example.com',
      password,
      rememberMe: false,
    })
    for (const cookie of response.headers.getSetCookie()) expect(cookie).not.toMatch(/Max-Age|Expires/)
    expect(await actorOf(jan.headers())).toMatchObject({ kind: 'user' })
  })
})

describe('a request', () => {
  const facts = async () => {
    const [row] = await db.owner<{ n: number }[]>`
      select (select count(*) from auth.user)::int + (select count(*) from auth.session)::int + (select count(*) from event_log)::int as n`
    return row?.n
  }
  const kim = { name: 'Kim', email: 'kim@example.com', password }

  test.each([
    ['from elsewhere', 'https://evil.example'],
    ['from a subdomain', 'http://shop.localhost:3000'],
    ['from another port', 'http://localhost:3001'],
    ['from nowhere', 'null'],
    ['that does not say from where', ''],
  ])('%s changes nothing', async (_what, origin) => {
    const lea = await someoneSignedIn(`lea-${Math.random()}@example.com`)
    const before = await facts()
    for (const [path, served] of Object.entries(endpoints))
      for (const { method } of served)
        if (method === 'POST')
          await expect(lea.post(path, kim, { origin }), path).rejects.toMatchObject({
            kind: 'forbidden',
            code: 'origin',
          })
    expect(await facts()).toBe(before)
    expect(await actorOf(lea.headers())).toMatchObject({ kind: 'user' })
  })

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'name=Kim', 'media_type'],
    ['text', 'text/plain', '{}', 'media_type'],
    ['nothing at all', '', '{}', 'media_type'],
    ['half a body', 'application/json', '{"name":', 'malformed'],
    ['a list', 'application/json', '[]', 'malformed'],
    ['null', 'application/json', 'null', 'malformed'],
    ['an unknown field', 'application/json', JSON.stringify({ ...kim, operator: true }), 'malformed'],
    ['a number for a name', 'application/json', JSON.stringify({ ...kim, name: 7 }), 'malformed'],
    [
      'a line break in the name',
      'application/json',
      JSON.stringify({ ...kim, name: 'a\r\nBcc: b' }),
      'malformed',
    ],
    ['a short password', 'application/json', JSON.stringify({ ...kim, password: 'short' }), 'malformed'],
    [
      'a very long password',
      'application/json',
      JSON.stringify({ ...kim, password: 'p'.repeat(129) }),
      'malformed',
    ],
    ['no address', 'application/json', JSON.stringify({ ...kim, email: 'kim' }), 'malformed'],
    ['far too much', 'application/json', JSON.stringify({ ...kim, name: 'k'.repeat(20_000) }), 'too_large'],
  ])('with %s is refused in words', async (_what, type, body, code) => {
    const before = await facts()
    const asked = browser().post('sign-up/email', body, { 'content-type': type })
    await expect(asked).rejects.toMatchObject({ name: 'Refusal', code })
    expect(await facts()).toBe(before)
  })

  test('for what is not offered finds nothing, whatever the library could do', async () => {
    const could = [
      ['GET', 'verify-email'],
      ['GET', 'reset-password/token'],
      ['POST', 'reset-password'],
      ['POST', 'change-email'],
      ['POST', 'delete-user'],
      ['GET', 'delete-user/callback'],
      ['POST', 'revoke-session'],
      ['GET', 'ok'],
      ['GET', 'error'],
      ['POST', 'set-password'],
      ['POST', 'sign-in/social'],
      ['GET', 'callback/github'],
      ['GET', 'constructor'],
      ['GET', ''],
    ] as const
    for (const [method, path] of could)
      await expect(browser().ask(method, path, {}, {}), path).rejects.toMatchObject({ kind: 'not_found' })
  })

  test('with another method is told which', async () => {
    await expect(browser().get('sign-in/email')).rejects.toMatchObject({
      kind: 'method',
      data: { headers: { allow: 'POST' } },
    })
    await expect(browser().ask('DELETE', 'get-session', {}, {})).rejects.toMatchObject({
      data: { headers: { allow: 'GET, POST' } },
    })
  })

  test('without a session is asked to sign in', async () => {
    for (const path of ['update-user', 'change-password', 'end-session', 'end-other-sessions'])
      await expect(
        browser().post(
          path,
          {
            'update-user': { name: 'Kim' },
            'change-password': { currentPassword: password, newPassword: 'another horse battery' },
            'end-session': { sessionId: '00000000-0000-7000-8000-000000000001' },
          }[path],
        ),
        path,
      ).rejects.toMatchObject({ kind: 'unauthenticated' })
    await expect(browser().get('list-sessions')).rejects.toMatchObject({ kind: 'unauthenticated' })
  })

  test('that the database could not carry out is not answered as if it had', async () => {
    const max = await someoneSignedIn('max@example.com')
    await db.owner`revoke delete on auth.session from slotwise_auth`
    try {
      await expect(max.post('sign-out')).rejects.toMatchObject({ code: '42501' })
      expect(await actorOf(max.headers())).toMatchObject({ kind: 'user' })
    } finally {
      await db.owner`grant delete on auth.session to slotwise_auth`
    }
  })
})
