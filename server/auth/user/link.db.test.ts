import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { relayDb } from '@/db/client'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { browser, password, someoneSignedIn } from '@/db/testing-browser'
import { waitingMails } from '@/db/testing-mail'
import { expiredAccess } from '@/jobs/sweeps/expired-rows'
import { platformTenant } from '@/server/core/id'
import { open, readAggregate } from '@/server/core/log'
import { userIdOf } from './queries'
import { actorOf } from './session'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const otherPassword = 'another horse battery'
const changesOf = async (userId: string) => {
  const rows = await readAggregate(relayDb(), platformTenant, 'auth.user', userId)
  const events = await Promise.all(rows.map((row) => open(relayDb(), row)))
  return events.slice(1).map((event) => event?.data.changes)
}
const isIn = async (there: { headers(): Headers }) => (await actorOf(there.headers())).kind === 'user'
const newest = async (userId: string) =>
  (await waitingMails(db.owner, userId))[0] ?? expect.fail('no mail waits')
const askFor = async (email: string, purpose: 'sign_in' | 'reset_password', next?: string) => {
  const answer = await browser().post('link/request', { email, purpose, ...(next ? { next } : {}) })
  expect(await answer.json()).toEqual({ accepted: true })
}
const count = async (table: string) =>
  (await db.owner.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table}`))[0]?.n
const used = { kind: 'conflict', code: 'link_used' }

describe('signing up', () => {
  test('mails a link that proves the address and signs in, once', async () => {
    const ada = browser()
    await ada.post('sign-up/email', { name: 'Ada', email: 'ada@example.com', password, next: '/start' })
    const userId = (await userIdOf('ada@example.com')) ?? ''
    const mail = await newest(userId)
    expect(mail).toMatchObject({ kind: 'verify_address', to: 'ada@example.com' })
    expect(mail.url).toMatch(/\/link\/verify\?token=[\w-]{43}&next=%2Fstart$/)
    expect(await isIn(ada)).toBe(false)
    await ada.post('link/sign-in', { token: mail.token })
    expect(await isIn(ada)).toBe(true)
    expect(await changesOf(userId)).toEqual([{ emailVerified: true }])
    await expect(browser().post('link/sign-in', { token: mail.token })).rejects.toMatchObject(used)
    expect((await browser().post('sign-in/email', { email: 'ada@example.com', password })).status).toBe(200)
  })

  test('with an address that has an account mails that account a way in, and changes nothing', async () => {
    const bob = await someoneSignedIn('bob@example.com')
    await browser().post('sign-up/email', {
      name: 'Mallory',
      email: 'Bob@example.com',
      password: otherPassword,
    })
    expect(await newest(bob.userId)).toMatchObject({ kind: 'magic_link', to: 'bob@example.com' })
    expect(await changesOf(bob.userId)).toEqual([])
    await expect(
      browser().post('sign-in/email', { email: 'bob@example.com', password: otherPassword }),
    ).rejects.toMatchObject({ code: 'wrong_credentials' })
  })
})

describe('a link to sign in', () => {
  test('is nowhere in the database in the clear, and mailed to nobody without an account', async () => {
    const cyd = await someoneSignedIn('cyd@example.com')
    const before = [await count('message'), await count('auth.verification'), await count('event_log')]
    await askFor('nobody@example.com', 'sign_in')
    expect([await count('message'), await count('auth.verification'), await count('event_log')]).toEqual(
      before,
    )
    await askFor('Cyd@example.com', 'sign_in')
    const { token } = await newest(cyd.userId)
    const [row] = await db.owner<{ all: string }[]>`
      select string_agg(v::text, ' ') || (select string_agg(e::text, ' ') from event_log e) as all from auth.verification v`
    expect(row?.all).not.toContain(token)
  })

  test('lets one of two in who press at once', async () => {
    const dan = await someoneSignedIn('dan@example.com')
    await askFor(dan.email, 'sign_in')
    const { token } = await newest(dan.userId)
    const tries = await Promise.allSettled([1, 2, 3].map(() => browser().post('link/sign-in', { token })))
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
  })

  test('runs out', async () => {
    const eve = await someoneSignedIn('eve@example.com')
    await askFor(eve.email, 'sign_in')
    await db.owner`update auth.verification set expires_at = now() - interval '1 second' where value like ${`%${eve.userId}%`}`
    const { token } = await newest(eve.userId)
    await expect(browser().post('link/sign-in', { token })).rejects.toMatchObject(used)
  })

  test('for an address nobody had proven leaves no password and no session of before', async () => {
    const mallory = await someoneSignedIn('victim@example.com')
    await askFor(mallory.email, 'sign_in')
    const victim = browser()
    await victim.post('link/sign-in', { token: (await newest(mallory.userId)).token })
    expect([await isIn(victim), await isIn(mallory)]).toEqual([true, false])
    await expect(browser().post('sign-in/email', { email: mallory.email, password })).rejects.toMatchObject({
      code: 'wrong_credentials',
    })
    expect(await changesOf(mallory.userId)).toEqual([{ emailVerified: true, password: 'removed' }])
  })

  test('of another kind opens nothing', async () => {
    const fay = await someoneSignedIn('fay@example.com')
    await askFor(fay.email, 'reset_password')
    const { token } = await newest(fay.userId)
    await expect(browser().post('link/sign-in', { token })).rejects.toMatchObject(used)
    await expect(browser().post('link/address', { token })).rejects.toMatchObject(used)
  })

  test('goes on nowhere but here', async () => {
    const gus = await someoneSignedIn('gus@example.com')
    await askFor(gus.email, 'sign_in', 'https://evil.example/')
    expect((await newest(gus.userId)).url).not.toContain('evil')
  })
})

describe('a new password by mail', () => {
  test('ends every session and every other link', async () => {
    const hal = await someoneSignedIn('hal@example.com')
    await askFor(hal.email, 'sign_in')
    const signIn = (await newest(hal.userId)).token
    await askFor(hal.email, 'reset_password')
    const { token } = await newest(hal.userId)
    await browser().post('link/password', { token, newPassword: otherPassword })
    expect(await isIn(hal)).toBe(false)
    await expect(browser().post('link/sign-in', { token: signIn })).rejects.toMatchObject(used)
    await expect(
      browser().post('link/password', { token, newPassword: 'a third horse battery' }),
    ).rejects.toMatchObject(used)
    const entered = await browser().post('sign-in/email', { email: hal.email, password: otherPassword })
    expect(entered.status).toBe(200)
    expect(await changesOf(hal.userId)).toEqual([{ password: 'changed', emailVerified: true }])
    expect(await newest(hal.userId)).toMatchObject({ kind: 'password_changed', to: hal.email })
  })

  test('is the first one for somebody who had none', async () => {
    const ivy = await someoneSignedIn('ivy@example.com')
    await askFor(ivy.email, 'sign_in')
    await browser().post('link/sign-in', { token: (await newest(ivy.userId)).token })
    await askFor(ivy.email, 'reset_password')
    await browser().post('link/password', {
      token: (await newest(ivy.userId)).token,
      newPassword: otherPassword,
    })
    const entered = await browser().post('sign-in/email', { email: ivy.email, password: otherPassword })
    expect(entered.status).toBe(200)
  })
})

describe('another address', () => {
  test('takes the old one’s place when its mail says so, and needs the password', async () => {
    const jon = await someoneSignedIn('jon@example.com')
    const wanted = { email: 'Jon@new.example' }
    await expect(jon.post('address/change', { ...wanted, password: 'wrong one' })).rejects.toMatchObject({
      code: 'wrong_password',
    })
    await jon.post('address/change', { ...wanted, password })
    expect(await userIdOf('jon@new.example')).toBeNull()
    const mail = await newest(jon.userId)
    expect(mail.to).toBe('jon@new.example')
    const answer = await browser().post('link/address', { token: mail.token })
    expect(await answer.json()).toEqual({ email: 'jon@new.example' })
    expect(await userIdOf('jon@new.example')).toBe(jon.userId)
    expect(await userIdOf('jon@example.com')).toBeNull()
    expect(await changesOf(jon.userId)).toEqual([{ email: 'jon@new.example', emailVerified: true }])
    expect(await newest(jon.userId)).toMatchObject({ kind: 'address_changed', to: 'jon@example.com' })
  })

  test('that an account has stays with that account', async () => {
    const [kim, lea] = [await someoneSignedIn('kim@example.com'), await someoneSignedIn('lea@example.com')]
    await kim.post('address/change', { email: lea.email, password })
    const { token } = await newest(kim.userId)
    await expect(browser().post('link/address', { token })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'account_has_address',
    })
    expect(await userIdOf(lea.email)).toBe(lea.userId)
    expect(await changesOf(kim.userId)).toEqual([])
  })

  test('makes links to the old one useless', async () => {
    const max = await someoneSignedIn('max@example.com')
    await askFor(max.email, 'sign_in')
    const old = (await newest(max.userId)).token
    await max.post('address/change', { email: 'max@new.example', password })
    await browser().post('link/address', { token: (await newest(max.userId)).token })
    await expect(browser().post('link/sign-in', { token: old })).rejects.toMatchObject(used)
  })
})

test('what ran out is swept away, and what opens something stays', async () => {
  const [ned, una] = [await someoneSignedIn('ned@example.com'), await someoneSignedIn('una@example.com')]
  await db.owner`update auth.verification set expires_at = now() - interval '1 second' where value like ${`%${ned.userId}%`}`
  await db.owner`update auth.session set expires_at = now() - interval '1 second' where user_id = ${ned.userId}`
  const left = async (userId: string) => [
    (await db.owner`select 1 from auth.verification where value like ${`%${userId}%`}`).length,
    (await db.owner`select 1 from auth.session where user_id = ${userId}`).length,
  ]
  expect([await left(ned.userId), await left(una.userId)]).toEqual([
    [1, 1],
    [1, 1],
  ])
  expect(await expiredAccess.run(new Date(), new AbortController().signal)).toBeGreaterThanOrEqual(2)
  expect([await left(ned.userId), await left(una.userId)]).toEqual([
    [0, 0],
    [1, 1],
  ])
})

test('what is one’s own asks for a session', async () => {
  const passkey = { id: 'x', response: {} }
  const asked: [path: string, body: object][] = [
    ['address/verify', {}],
    ['address/change', { email: 'x@example.com' }],
    ['passkey/add-options', {}],
    ['passkey/add', { response: passkey }],
    ['passkey/remove', { id: '00000000-0000-7000-8000-000000000001' }],
  ]
  for (const [path, body] of asked)
    await expect(browser().post(path, body), path).rejects.toMatchObject({ kind: 'unauthenticated' })
})

test('a passkey that nobody has opens nothing, and no challenge is answered twice', async () => {
  const there = browser()
  const made = {
    id: 'bm9ib2R5',
    rawId: 'bm9ib2R5',
    type: 'public-key',
    response: {},
    clientExtensionResults: {},
  }
  const failed = { kind: 'conflict', code: 'passkey_failed' }
  await expect(there.post('passkey/sign-in', { response: made })).rejects.toMatchObject(failed)
  const options = (await (await there.post('passkey/options')).json()) as { challenge: string }
  expect(options.challenge).toMatch(/^[\w-]{20,}$/)
  await expect(there.post('passkey/sign-in', { response: made })).rejects.toMatchObject(failed)
  await expect(there.post('passkey/sign-in', { response: made })).rejects.toMatchObject(failed)
  expect(await isIn(there)).toBe(false)
})
