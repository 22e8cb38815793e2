import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { relayDb } from '@/db/client'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { browser, password, someoneSignedIn } from '@/db/testing-browser'
import { platformTenant } from '@/server/core/id'
import { onPoke } from '@/server/core/live/poke'
import { open, readAggregate } from '@/server/core/log'
import { identity } from './identity'
import { userIdOf } from './queries'
import { actorOf } from './session'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())
afterEach(() => db.owner.unsafe('drop trigger if exists in_the_way on auth.account'))

const factsOf = async (userId: string) => {
  const rows = await readAggregate(relayDb(), platformTenant, 'auth.user', userId)
  return Promise.all(rows.map(async (row) => ({ row, event: await open(relayDb(), row) })))
}
const count = async (table: string) =>
  (await db.owner.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table}`))[0]?.n
const userIdFor = async (email: string) => (await userIdOf(email)) ?? expect.fail(`${email} has no account`)
const everything = async () => ({
  users: await count('auth.user'),
  accounts: await count('auth.account'),
  sessions: await count('auth.session'),
  events: await count('event_log'),
  heads: await count('aggregate_head'),
  keys: await count('subject_key'),
})

describe('an account', () => {
  test('is made, signed in to, and left', async () => {
    const ada = browser()
    const made = await ada.post('sign-up/email', {
      name: ' Ada  Lovelace ',
      email: 'Ada@Example.com',
      password,
    })
    expect([await made.json(), ada.jar()]).toEqual([{ accepted: true }, {}])
    expect(await actorOf(ada.headers())).toMatchObject({ kind: 'anonymous' })

    const entered = await ada.post('sign-in/email', { email: 'ADA@example.com', password })
    const { user } = (await entered.json()) as { user: { id: string } }
    expect(user).toMatchObject({ name: 'Ada  Lovelace', email: 'ada@example.com', operator: false })
    expect(await actorOf(ada.headers())).toEqual({
      kind: 'user',
      id: user.id,
      userId: user.id,
      grants: [],
      operator: false,
    })
    expect(await (await ada.get('get-session')).json()).toMatchObject({ user: { id: user.id } })

    const ticket = ada.headers()
    await ada.post('sign-out')
    expect(ada.jar()).toEqual({})
    expect(await actorOf(ticket)).toMatchObject({ kind: 'anonymous' })
    expect(await (await ada.get('get-session')).json()).toBeNull()
  })

  test('begins with a fact about it, sealed, under the correlation of the click', async () => {
    const poked: string[] = []
    const stop = onPoke((topics) => poked.push(...topics))
    const bea = await someoneSignedIn('bea@example.com', 'Beatrice Maria Potter')
    stop()
    const [{ row, event } = expect.fail('no fact')] = await factsOf(bea.userId)
    expect(row).toMatchObject({
      type: 'auth.user.created.v1',
      version: 1,
      tenant_id: platformTenant,
      actor_id: bea.userId,
    })
    expect(JSON.stringify(row.data)).not.toMatch(/beatrice|potter|bea@/i)
    expect(event?.data).toMatchObject({
      email: 'bea@example.com',
      firstName: 'Beatrice Maria',
      lastName: 'Potter',
      businessId: null,
    })
    expect(poked).toContain(`user:${bea.userId}`)
  })

  test.each(['P0001', '57014'])(
    'whose transaction ends with %s between the fact and the rest leaves neither',
    async (code) => {
      const before = await everything()
      await db.owner.unsafe(`
      create or replace function in_the_way() returns trigger language plpgsql as
        $$ begin raise exception 'in the way' using errcode = '${code}'; end $$;
      create trigger in_the_way before insert on auth.account for each row execute function in_the_way()`)
      const carl = browser()
      await expect(
        carl.post('sign-up/email', { name: 'Carl', email: 'carl@example.com', password }),
      ).rejects.toMatchObject({ code })
      expect(await everything()).toEqual(before)
    },
  )

  test('is made once when two ask at once', async () => {
    const ask = () => browser().post('sign-up/email', { name: 'Dora', email: 'dora@example.com', password })
    const answers = await Promise.all([ask(), ask(), ask(), ask()])
    for (const answer of answers) expect(await answer.json()).toEqual({ accepted: true })
    expect(await factsOf(await userIdFor('dora@example.com'))).toHaveLength(1)
  })
})

describe('a stranger', () => {
  test('hears the same whether or not an address has an account', async () => {
    const email = (await someoneSignedIn('eve@example.com')).email
    const accounts = async () => [
      await count('auth.user'),
      await count('auth.account'),
      await count('auth.session'),
    ]
    const before = await accounts()
    const said = async (path: string, body: object) => {
      const response = await browser()
        .post(path, body)
        .catch((error: unknown) => error)
      return response instanceof Response
        ? { status: response.status, body: await response.json(), headers: [...response.headers] }
        : response
    }
    const other = { name: 'Eve', password: 'another horse battery' }
    const known = await said('sign-up/email', { ...other, email })
    expect(await accounts()).toEqual(before)
    expect(known).toEqual(await said('sign-up/email', { ...other, email: 'nobody-yet@example.com' }))

    const wrong = await said('sign-in/email', { email, password: 'not her password' })
    expect(wrong).toMatchObject({ kind: 'unauthenticated', code: 'wrong_credentials', data: {} })
    expect(await said('sign-in/email', { email: 'nobody-at-all@example.com', password })).toEqual(wrong)
  })

  test('may try only so often: by network and account, not locking anybody out elsewhere', async () => {
    const { email } = await someoneSignedIn('fay@example.com')
    const guesser = browser('192.0.2.1')
    const guess = (n: number) => guesser.post('sign-in/email', { email, password: `guess number ${n}` })
    for (let n = 1; n <= 20; n++) await expect(guess(n)).rejects.toMatchObject({ code: 'wrong_credentials' })
    await expect(guess(21)).rejects.toMatchObject({
      kind: 'rate_limited',
      data: { retryAfter: expect.any(Number) },
    })
    const fay = browser('192.0.2.2')
    expect((await fay.post('sign-in/email', { email, password })).status).toBe(200)
  })
})

describe('what opens a session or a link', () => {
  test('is nowhere in the database, and its hash opens nothing', async () => {
    const gina = await someoneSignedIn('gina@example.com')
    const [name, value] = Object.entries(gina.jar())[0] ?? expect.fail('no cookie')
    const token = value.split('.')[0] ?? ''
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const [row] = await db.owner<{ token: string; all: string }[]>`
      select token, to_jsonb(s)::text as all from auth.session s where user_id = ${gina.userId}`
    expect(row?.all).not.toContain(token)
    const stolen = (secret: string) => new Headers({ cookie: `${name}=${secret}.x` })
    expect(await actorOf(stolen(row?.token ?? ''))).toMatchObject({ kind: 'anonymous' })
    expect(await actorOf(stolen(token))).toMatchObject({ kind: 'user', userId: gina.userId })
  })

  test('is not told to scripts', async () => {
    const hugo = await someoneSignedIn('hugo@example.com')
    const token = Object.values(hugo.jar())[0]?.split('.')[0] ?? expect.fail('no cookie')
    const told = await Promise.all([
      hugo.get('get-session'),
      hugo.post('get-session'),
      hugo.get('list-sessions'),
    ])
    for (const response of told) expect(await response.text()).not.toContain(token)
  })

  test('is kept hashed for links too, found once, and not by its hash', async () => {
    const { internalAdapter } = await identity().$context
    const identifier = 'reset-password:a-secret-of-a-link'
    await internalAdapter.createVerificationValue({
      identifier,
      value: 'x',
      expiresAt: new Date(Date.now() + 60_000),
    })
    const [row] = await db.owner<{ identifier: string }[]>`select identifier from auth.verification`
    expect(row?.identifier).toMatch(/^[\w-]{43}$/)
    expect(row?.identifier).not.toBe(createHmac('sha256', '').update(identifier).digest('base64url'))
    expect(await internalAdapter.findVerificationValue(row?.identifier ?? '')).toBeNull()
    expect(await internalAdapter.findVerificationValue(identifier)).toMatchObject({ identifier, value: 'x' })
    const racing = [1, 2, 3].map(() => internalAdapter.consumeVerificationValue(identifier))
    expect((await Promise.all(racing)).filter(Boolean)).toHaveLength(1)
  })
})

test('hashing a password leaves the process free for others', async () => {
  const { password: hashing } = await identity().$context
  let turns = 0
  const counting = setInterval(() => turns++, 1)
  const hash = await hashing.hash(password)
  clearInterval(counting)
  expect(turns).toBeGreaterThan(0)
  expect(await hashing.verify({ hash, password })).toBe(true)
})
