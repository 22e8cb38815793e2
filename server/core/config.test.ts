import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError, type Environment, loadConfig, settingsTable } from './config'

const valid = {
  DATABASE_URL: 'postgres://owner:s%40fe@db.example.org:6432/slotwise?sslmode=require',
  APP_SECRET: 'Vb3kP0sQ9xZr7LmT2yWn8CdF4gHj6KuE',
  ENCRYPTION_KEY: randomBytes(32).toString('base64'),
}

function problem(env: Environment): string {
  try {
    loadConfig({ ...valid, ...env })
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('should have been refused')
}

describe('settings', () => {
  test('have defaults for all but the database and the secrets', () => {
    expect(loadConfig(valid)).toMatchObject({
      NODE_ENV: 'production',
      PORT: 3000,
      HOST: '127.0.0.1',
      ROLE: 'all',
      PUBLIC_URL: 'http://localhost:3000',
      DEMO: undefined,
      RATE_LIMITS: 'on',
      DRAIN_SECONDS: 10,
      notices: [],
    })
  })

  test('that are empty count as not set', () => {
    expect(loadConfig({ ...valid, PORT: '', DEMO: ' ', PUBLIC_URL: '' })).toMatchObject({
      PORT: 3000,
      DEMO: undefined,
      PUBLIC_URL: 'http://localhost:3000',
    })
  })

  test('read words as values', () => {
    expect(
      loadConfig({ ...valid, DEMO: 'true', PORT: '8080', PUBLIC_URL: 'https://slots.example.org/' }),
    ).toMatchObject({
      DEMO: true,
      PORT: 8080,
      PUBLIC_URL: 'https://slots.example.org',
    })
    expect(loadConfig({ ...valid, DEMO: 'no' }).DEMO).toBe(false)
  })

  test('derive the other roles’ addresses from the owner’s and the secret', () => {
    const config = loadConfig(valid)
    for (const [name, role] of [
      ['DATABASE_APP_URL', 'slotwise_app'],
      ['DATABASE_RELAY_URL', 'slotwise_relay'],
      ['DATABASE_AUTH_URL', 'slotwise_auth'],
    ] as const) {
      const password = createHmac('sha256', valid.APP_SECRET).update(`db:${role}`).digest('hex')
      expect(config[name]).toBe(`postgres://${role}:${password}@db.example.org:6432/slotwise?sslmode=require`)
    }
    const own = 'postgres://reader:x@pool.example.org/slotwise'
    expect(loadConfig({ ...valid, DATABASE_APP_URL: own }).DATABASE_APP_URL).toBe(own)
  })

  test('that lift rate limits are honoured on this machine only, and said', () => {
    const here = loadConfig({ ...valid, RATE_LIMITS: 'off' })
    expect(here.RATE_LIMITS).toBe('off')
    expect(here.notices.join()).toContain('RATE_LIMITS=off')
    const open = loadConfig({ ...valid, RATE_LIMITS: 'off', HOST: '0.0.0.0' })
    expect(open.RATE_LIMITS).toBe('on')
    expect(open.notices.join()).toContain('not honoured')
  })
})

describe('a setting in need of attention', () => {
  test.each([
    ['PORT', 'http', 'from 1 to 65535, but is "http"'],
    ['PORT', '70000', 'at most 65535'],
    ['PORT', '80.5', 'whole number'],
    ['ROLE', 'both', 'all, web, worker'],
    ['NODE_ENV', 'prod', 'production, development, test'],
    ['DEMO', 'maybe', 'true'],
    ['HOST', 'not a host', 'address'],
    ['TRUST_PROXY', 'yes', 'number of proxies'],
    ['PUBLIC_URL', 'slots.example.org', 'https://'],
    ['DATABASE_URL', 'mysql://a:b@c/d', 'postgres://'],
    ['DATABASE_URL', 'postgres://db.example.org/slotwise', 'must name a role'],
    ['DATABASE_RELAY_URL', 'nowhere', 'postgres://'],
    ['APP_SECRET', 'short', 'at least 32'],
    ['ENCRYPTION_KEY', 'c2hvcnQ=', 'exactly 32 bytes'],
    ['ENCRYPTION_KEY', valid.ENCRYPTION_KEY.slice(0, -1), 'exactly 32 bytes'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://x', 'http://'],
    ['DRAIN_SECONDS', '-1', 'at least 0'],
    ['LOG_LEVEL', 'loud', 'trace'],
  ])('%s=%s is named with what it should be', (name, value, wanted) => {
    const said = problem({ [name]: value })
    expect(said).toContain(`  ${name} `)
    expect(said).toContain(wanted)
  })

  test.each(['DATABASE_URL', 'APP_SECRET', 'ENCRYPTION_KEY'])('%s is required', (name) => {
    expect(problem({ [name]: undefined })).toContain(`  ${name} is not set.`)
  })

  test('never shows a secret', () => {
    const said = problem({ APP_SECRET: 'hunter2', ENCRYPTION_KEY: 'hunter3', DATABASE_URL: 'hunter4://x' })
    expect(said).not.toContain('hunter')
  })

  test('is reported together with the others', () => {
    const said = problem({ PORT: 'x', ROLE: 'y', APP_SECRET: undefined })
    expect(said).toMatch(/^3 settings need attention/)
    for (const name of ['PORT', 'ROLE', 'APP_SECRET']) expect(said).toContain(`  ${name} `)
  })
})

describe('in production', () => {
  test.each([
    ['APP_SECRET', 'change-me-change-me-change-me-change-me'],
    ['APP_SECRET', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
    ['ENCRYPTION_KEY', Buffer.alloc(32).toString('base64')],
    ['DATABASE_URL', 'postgres://owner:postgres@db.example.org/slotwise'],
  ])('a guessable %s is refused, and accepted in development', (name, value) => {
    expect(problem({ [name]: value })).toContain(`  ${name} `)
    expect(() => loadConfig({ ...valid, [name]: value, NODE_ENV: 'development' })).not.toThrow()
  })

  test('a guessable password is tolerated for a database on this machine', () => {
    expect(() =>
      loadConfig({ ...valid, DATABASE_URL: 'postgres://o:postgres@localhost/slotwise' }),
    ).not.toThrow()
  })

  test('one secret may not serve as the other', () => {
    const same = randomBytes(32).toString('base64')
    expect(problem({ APP_SECRET: same, ENCRYPTION_KEY: same })).toContain('differ')
  })
})

test('docs/configuration.md holds the same descriptions', () => {
  const page = new URL('../../docs/configuration.md', import.meta.url)
  expect(readFileSync(page, 'utf8')).toContain(settingsTable())
})
