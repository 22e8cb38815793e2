import { z } from 'zod'
import { refuse } from '@/server/core/errors'
import { id, line } from '@/server/core/fields'
import { countInDatabase } from '@/server/core/rate-limit'
import { ask } from './ask'
import { endSession } from './end-session'
import { asThemselves, type Endpoint, endpoint, nothing, whoAsks } from './endpoint'
import type { Identity } from './identity'
import { limits } from './limits'
import { listPasskeys } from './queries'
import { removePasskey } from './remove-passkey'
import { signedIn } from './session'

/** What a browser's own part of it made; the library reads and proves it. */
const credential = z
  .looseObject({ id: z.string().max(1024), response: z.record(z.string(), z.unknown()) })
  .refine((made) => JSON.stringify(made).length < 12_000, 'is too long')

type Proof = NonNullable<Parameters<Identity['api']['verifyPasskeyAuthentication']>[0]>['body']['response']

const mostPasskeys = 20

/** Signing in with what a device keeps. Each takes two steps: a challenge, and the device's answer. */
export const endpointsPasskey: Record<string, Endpoint[]> = {
  'passkey/add-options': [
    endpoint({
      method: 'POST',
      input: nothing,
      run: async (_, headers) => {
        const { userId } = (await whoAsks(headers)).actor
        await countInDatabase(limits.passkeyByPerson, userId)
        if ((await listPasskeys(userId)).length >= mostPasskeys) refuse('conflict', 'too_many_passkeys')
        const { response, headers: set } = await ask((api) =>
          api.generatePasskeyRegistrationOptions({ headers, query: {}, returnHeaders: true }),
        )
        return { answer: response, headers: set }
      },
    }),
  ],
  'passkey/add': [
    endpoint({
      method: 'POST',
      input: z.strictObject({ response: credential, name: line(60).optional() }),
      run: async (body, headers) => {
        const { userId } = (await whoAsks(headers)).actor
        const { headers: set } = await ask((api) =>
          api.verifyPasskeyRegistration({ body, headers, returnHeaders: true }),
        )
        return { answer: { passkeys: await listPasskeys(userId) }, headers: set }
      },
    }),
  ],
  'passkey/options': [
    endpoint({
      method: 'POST',
      input: nothing,
      limits: (_, network) => [[limits.signInByNetwork, network]],
      run: async (_, headers) => {
        const { response, headers: set } = await ask((api) =>
          api.generatePasskeyAuthenticationOptions({ headers, returnHeaders: true }),
        )
        return { answer: response, headers: set }
      },
    }),
  ],
  'passkey/sign-in': [
    endpoint({
      method: 'POST',
      input: z.strictObject({ response: credential }),
      limits: (_, network) => [[limits.signInByNetwork, network]],
      run: async ({ response: answer }, headers) => {
        const before = await signedIn(headers)
        const { response, headers: set } = await ask((api) =>
          api.verifyPasskeyAuthentication({
            body: { response: answer as unknown as Proof },
            headers,
            returnHeaders: true,
          }),
        )
        if (before) await endSession(before.actor.userId, before.sessionId)
        return asThemselves(response.user.id, set)
      },
    }),
  ],
  'passkey/remove': [
    endpoint({
      method: 'POST',
      input: z.strictObject({ id }),
      run: async ({ id: passkeyId }, headers) => {
        const { userId } = (await whoAsks(headers)).actor
        await removePasskey(userId, passkeyId)
        return { answer: { passkeys: await listPasskeys(userId) } }
      },
    }),
  ],
}
