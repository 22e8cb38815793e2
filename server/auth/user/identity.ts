import { createAuthEndpoint } from '@better-auth/core/api'
import { passkey } from '@better-auth/passkey'
import { type BetterAuthPlugin, betterAuth } from 'better-auth'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import { authDb, type Db } from '@/db/client'
import { type Config, config } from '@/server/core/config'
import { keyFor } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { logger } from '@/server/core/logger'
import { authAdapter } from './adapter'
import { passwordLength } from './model'
import { cookiePrefix } from './token'

const day = 24 * 3600

/** A session for somebody who proved otherwise who they are. Only our own verbs call it. */
const entrance = {
  id: 'entrance',
  endpoints: {
    enter: createAuthEndpoint(
      '/enter',
      { method: 'POST', body: z.object({ userId: z.string() }), requireHeaders: true },
      async (context) => {
        const { internalAdapter } = context.context
        const user = (await internalAdapter.findUserById(context.body.userId)) ?? refuse('unauthenticated')
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(context, { session, user })
        return { entered: true }
      },
    ),
  },
} satisfies BetterAuthPlugin

const make = (db: Db, { PUBLIC_URL }: Config) => {
  const { origin, protocol, hostname } = new URL(PUBLIC_URL)
  return betterAuth({
    appName: 'SlotWise',
    baseURL: origin,
    basePath: '/api/auth',
    secret: keyFor('better-auth').toString('base64url'),
    trustedOrigins: [origin],
    database: authAdapter(db),
    emailAndPassword: {
      enabled: true,
      // Signing in at once would tell a new address from a known one.
      autoSignIn: false,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    session: { expiresIn: 7 * day, updateAge: day, deferSessionRefresh: true },
    user: {
      additionalFields: {
        language: { type: 'string', required: false },
        timeZone: { type: 'string', required: false },
      },
    },
    plugins: [entrance, passkey({ rpID: hostname, rpName: 'SlotWise', origin })],
    account: { accountLinking: { enabled: false } },
    // Ours counts for all processes together, by account as well as by address.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its words carry addresses of people; what went wrong reaches the log by way of the fault.
    logger: {
      level: 'error',
      log: (_level, message) => logger().warn({ from: 'identity' }, message.split('\n', 1)[0]),
    },
    advanced: {
      useSecureCookies: false,
      cookiePrefix: cookiePrefix(),
      defaultCookieAttributes: {
        secure: protocol === 'https:',
        httpOnly: true,
        sameSite: 'lax',
        path: '/',
      },
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: ['x-slotwise-peer'] },
      database: { generateId: () => newId() },
    },
  })
}

export type Identity = ReturnType<typeof make>

type Held = { db: Db; settings: Config; made: Identity }

/** One a process, on the pool of the role that alone may see people. */
export function identity(): Identity {
  const holder = globalThis as { __slotwise_identity?: Held }
  const [db, settings] = [authDb(), config()]
  const held = holder.__slotwise_identity
  if (held?.db === db && held.settings === settings) return held.made
  const made = make(db, settings)
  holder.__slotwise_identity = { db, settings, made }
  return made
}
