import { createECDH, createHmac } from 'node:crypto'
import { z } from 'zod'
import { isLoopback, trustedProxies } from './addresses'

/** Every setting, described once: parsing, messages, the table in docs/configuration.md and `npm start` all read this list. */

const url = (...protocols: string[]) =>
  z.string().refine((text) => protocols.includes(protocolOf(text)), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const postgresUrl = url('postgres:', 'postgresql:').refine((text) => roleAndDatabase.test(text), {
  error: 'must name a role and a database: postgres://role:password@host:5432/database',
})
const roleAndDatabase = /^postgres(ql)?:\/\/[^:@/]+(:[^@/]*)?@[^/]*\/[^/?]+/

const whole = (from: number, to: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${from} to ${to}` })
    .int(`must be a whole number from ${from} to ${to}`)
    .min(from, `must be at least ${from}`)
    .max(to, `must be at most ${to}`)

const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` })

const yes = ['true', '1', 'yes', 'on']
const flag = oneOf('true', 'false', '1', '0', 'yes', 'no', 'on', 'off').transform((text) =>
  yes.includes(text),
)

interface Setting<S extends z.ZodType = z.ZodType> {
  about: string
  schema: S
  /** How the table words what holds when it is not set. */
  unset: string
  secret?: true
}

const setting = <S extends z.ZodType>(about: string, unset: string, schema: S): Setting<S> => ({
  about,
  unset,
  schema,
})
const secret = <S extends z.ZodType>(about: string, unset: string, schema: S): Setting<S> => ({
  ...setting(about, unset, schema),
  secret: true,
})

const settings = {
  NODE_ENV: setting(
    'What the process is for. `production` refuses weak secrets.',
    'production; development under `npm run dev`',
    oneOf('production', 'development', 'test').default('production'),
  ),
  PORT: setting('The port people connect to.', '3000', whole(1, 65_535).default(3000)),
  HOST: setting(
    'The address to listen on. `0.0.0.0` serves other machines too.',
    '127.0.0.1: this machine only',
    z
      .string()
      .regex(/^[\w.:-]+$/, 'must be an address or a host name')
      .default('127.0.0.1'),
  ),
  PUBLIC_URL: setting(
    'Where people reach it, as links in mails spell it. Its host is also the parent of the businesses’ subdomains.',
    'http://localhost:PORT',
    url('http:', 'https:')
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
  ),
  TRUST_PROXY: setting(
    'Reverse proxies whose `x-forwarded-for` is believed: how many there are, or their networks (`10.0.0.0/8,fd00::/8`).',
    'none: the peer’s address counts',
    z
      .string()
      .refine((text) => trustedProxies(text) !== undefined, {
        error:
          'must be a number of proxies from 0 to 10, or networks such as 10.0.0.0/8, separated by commas',
      })
      .default('0'),
  ),
  ROLE: setting(
    'What this process runs. Any number of each may share one database.',
    'all',
    oneOf('all', 'web', 'worker').default('all'),
  ),
  DATA_DIR: setting(
    'Where the embedded database, its secrets and uploads live.',
    '.data',
    z.string().default('.data'),
  ),
  DATABASE_URL: secret(
    'A PostgreSQL 18 of your own. The role owns the database, may CREATE ROLE, is no superuser.',
    'an embedded PostgreSQL under DATA_DIR',
    postgresUrl,
  ),
  DATABASE_APP_URL: secret(
    'The role that serves requests, under row-level security.',
    'derived',
    postgresUrl.optional(),
  ),
  DATABASE_RELAY_URL: secret(
    'The role that reads the event log and writes jobs.',
    'derived',
    postgresUrl.optional(),
  ),
  DATABASE_AUTH_URL: secret('The role that keeps users and sessions.', 'derived', postgresUrl.optional()),
  APP_SECRET: secret(
    'Signs links, cookies and derived passwords. At least 32 characters: `openssl rand -base64 32`.',
    'made on first start; required with DATABASE_URL',
    z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 32'),
  ),
  ENCRYPTION_KEY: secret(
    'Seals private fields. Exactly 32 bytes in base64: `openssl rand -base64 32`. Losing it loses them.',
    'made on first start; required with DATABASE_URL',
    z.string().refine((text) => keyBytes(text).length === 32 && /^[A-Za-z0-9+/]{43}=$/.test(text), {
      error: 'must be exactly 32 bytes in base64; make one with: openssl rand -base64 32',
    }),
  ),
  DEMO: setting(
    'Whether to seed the demo world into an empty database, with well-known passwords.',
    'true when embedded, false with DATABASE_URL',
    flag.optional(),
  ),
  SMTP_URL: secret(
    'The server that sends mail: `smtp://user:password@host:587`, or `smtps://` where TLS comes first.',
    'mails are kept in the database; the demo and development show them at `/mailbox`',
    url('smtp:', 'smtps:').optional(),
  ),
  MAIL_FROM: setting(
    'The address mails come from. Replies go to it.',
    'no-reply@ and the host of PUBLIC_URL',
    z.email('must be an address such as bookings@example.org').optional(),
  ),
  MEETING_BASE_URL: setting(
    'Where online appointments meet: a service that opens a room at any address below this one, such as a Jitsi of your own. Each booking gets a room whose name nobody guesses.',
    'only the rooms that providers give',
    url('https:')
      .transform((text) => text.replace(/\/+$/, ''))
      .optional(),
  ),
  VAPID_PRIVATE_KEY: secret(
    'Signs what goes to browsers’ push services: a P-256 key, 32 bytes in base64url. With another one browsers subscribe anew.',
    'made on first start when embedded; with DATABASE_URL nothing is pushed',
    z
      .string()
      .refine(isSigningKey, {
        error: 'must be 32 bytes in base64url; make one with: npx web-push generate-vapid-keys',
      })
      .optional(),
  ),
  PRIVATE_ADDRESSES: setting(
    'Whether addresses that people hand in (calendars elsewhere, push services) may lead into private networks, and by plain http. For tests and development.',
    'off',
    flag.default(false),
  ),
  RATE_LIMITS: setting(
    '`off` lifts them for benches. Only honoured when HOST is this machine.',
    'on',
    oneOf('on', 'off').default('on'),
  ),
  LOG_LEVEL: setting(
    'How much to log.',
    'info',
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    'Where to send traces, by OTLP over HTTP.',
    'traces are not exported',
    url('http:', 'https:').optional(),
  ),
  CRASH_AT: setting(
    'For fault tests, with NODE_ENV=test: the point at which the process kills itself.',
    'never',
    z.string().optional(),
  ),
  DRAIN_SECONDS: setting(
    'How long a stopping process may finish what it began.',
    '10',
    whole(0, 300).default(10),
  ),
}

type Settings = typeof settings
type Name = keyof Settings
type Parsed = { [N in Name]: z.output<Settings[N]['schema']> }

export interface Config extends Parsed {
  PUBLIC_URL: string
  MAIL_FROM: string
  DATABASE_APP_URL: string
  DATABASE_RELAY_URL: string
  DATABASE_AUTH_URL: string
  /** What whoever starts it should know about the settings. */
  notices: string[]
}

export class ConfigError extends Error {
  override name = 'ConfigError'
}

export type Environment = Record<string, string | undefined>

/** Pure: the same environment gives the same settings, or one message that names every variable in need of attention. */
export function loadConfig(env: Environment): Config {
  const problems: [name: string, problem: string][] = []
  const parsed: Partial<Record<Name, unknown>> = {}
  for (const [name, { schema, secret }] of Object.entries(settings) as [Name, Setting][]) {
    const text = env[name]?.trim() || undefined
    const result = schema.safeParse(text)
    if (result.success) parsed[name] = result.data
    else problems.push([name, problemOf(name, text, secret === true, result.error)])
  }
  problems.push(...weaknesses(env, problems))
  if (problems.length > 0) throw new ConfigError(message(problems))
  return complete(parsed as Parsed)
}

function problemOf(name: Name, text: string | undefined, hidden: boolean, error: z.ZodError): string {
  if (text === undefined) return `is not set. ${settings[name].about}`
  const wanted = error.issues[0]?.message ?? 'is not valid'
  return hidden ? `${wanted}.` : `${wanted}, but is "${text}".`
}

function message(problems: [string, string][]): string {
  const many = problems.length === 1 ? 'A setting needs' : `${problems.length} settings need`
  const lines = problems.map(([name, problem]) => `  ${name} ${problem}`)
  return [
    `${many} attention:`,
    '',
    ...lines,
    '',
    'Every setting is described in docs/configuration.md.',
  ].join('\n')
}

const notSecret =
  /change.?me|secret.?secret|example|password|default|insecure|placeholder|1234567|abcdef|your[-_ ]/i
const guessable = [
  '',
  'postgres',
  'password',
  'admin',
  'root',
  'secret',
  'changeme',
  'slotwise',
  '123456',
  'test',
]

/** Secrets that are on every list of guesses, which only production need refuse. */
function weaknesses(env: Environment, known: [string, string][]): [string, string][] {
  const checked = (name: Name) => !known.some(([other]) => other === name) && env[name]?.trim()
  if ((env.NODE_ENV?.trim() || 'production') !== 'production') return []
  const weak: [string, string][] = []
  const app = checked('APP_SECRET')
  const key = checked('ENCRYPTION_KEY')
  const database = checked('DATABASE_URL')
  const advice = 'can be guessed; make one with: openssl rand -base64 32'
  if (app && (notSecret.test(app) || new Set(app).size < 10)) weak.push(['APP_SECRET', advice])
  if (key && new Set(keyBytes(key)).size < 12) weak.push(['ENCRYPTION_KEY', advice])
  if (app && key && app === key) weak.push(['ENCRYPTION_KEY', 'must differ from APP_SECRET.'])
  if (database && isGuessable(new URL(database))) {
    weak.push([
      'DATABASE_URL',
      'has a password that can be guessed, on a database that other machines reach. Change it.',
    ])
  }
  return weak
}

const isGuessable = ({ hostname, password }: URL) =>
  !isLoopback(hostname) && password !== '' && guessable.includes(decodeURIComponent(password).toLowerCase())

function complete(parsed: Parsed): Config {
  const notices: string[] = []
  const loopback = isLoopback(parsed.HOST)
  if (parsed.RATE_LIMITS === 'off') {
    notices.push(
      loopback
        ? 'RATE_LIMITS=off: rate limits are lifted. Only for benches, on this machine.'
        : `RATE_LIMITS=off is not honoured, since HOST=${parsed.HOST} is reached by other machines.`,
    )
  }
  const role = (name: string) => roleUrl(parsed.DATABASE_URL, parsed.APP_SECRET, name)
  const PUBLIC_URL = parsed.PUBLIC_URL ?? `http://localhost:${parsed.PORT}`
  return {
    ...parsed,
    RATE_LIMITS: loopback ? parsed.RATE_LIMITS : 'on',
    PUBLIC_URL,
    MAIL_FROM: parsed.MAIL_FROM ?? `no-reply@${new URL(PUBLIC_URL).hostname}`,
    DATABASE_APP_URL: parsed.DATABASE_APP_URL ?? role('slotwise_app'),
    DATABASE_RELAY_URL: parsed.DATABASE_RELAY_URL ?? role('slotwise_relay'),
    DATABASE_AUTH_URL: parsed.DATABASE_AUTH_URL ?? role('slotwise_auth'),
    notices,
  }
}

/** The same database as another role, whose password follows from the secret so that nobody has to keep it. */
function roleUrl(ownerUrl: string, appSecret: string, role: string): string {
  const there = new URL(ownerUrl)
  there.username = role
  there.password = createHmac('sha256', appSecret).update(`db:${role}`).digest('hex')
  return there.href
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : ''
}

function isSigningKey(text: string): boolean {
  try {
    createECDH('prime256v1').setPrivateKey(text, 'base64url')
    return /^[A-Za-z0-9_-]{43}$/.test(text)
  } catch {
    return false
  }
}

const keyBytes = (base64: string) => Buffer.from(base64, 'base64')

/** The table in docs/configuration.md. A test keeps the two alike. */
export function settingsTable(): string {
  const rows = Object.entries(settings).map(
    ([name, { about, unset }]) => `| \`${name}\` | ${about} | ${unset} |`,
  )
  return ['| setting | what it does | when not set |', '|---|---|---|', ...rows].join('\n')
}

declare global {
  var __slotwise_config: Config | undefined
}

/** This process's settings. Routes and instrumentation are different module instances, hence the global. */
export function config(): Config {
  globalThis.__slotwise_config ??= loadConfig(process.env)
  return globalThis.__slotwise_config
}
