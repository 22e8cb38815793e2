import { z } from 'zod'
import { email } from '@/server/core/fields'
import { countInDatabase, type Limit } from '@/server/core/rate-limit'
import { changeAddress } from './change-address'
import { confirmAddress } from './confirm-address'
import { endSession } from './end-session'
import {
  asThemselves,
  type Endpoint,
  endpoint,
  givenPassword,
  languageField,
  newPassword,
  nextField,
  nothing,
  tokenField,
  whoAsks,
} from './endpoint'
import { enterByLink } from './enter-by-link'
import { limits } from './limits'
import { profileOf } from './queries'
import { requestLink } from './request-link'
import { resetPassword } from './reset-password'
import { sendLink } from './send-link'
import { signedIn } from './session'

const byNetwork = (_: unknown, network: string): [Limit, string][] => [[limits.linkUsedByNetwork, network]]
const accepted = { answer: { accepted: true } }

/** What is asked for by mail, and what the links in those mails do once somebody presses the button. */
export const endpointsByMail: Record<string, Endpoint[]> = {
  'link/request': [
    endpoint({
      method: 'POST',
      input: z.strictObject({
        email,
        purpose: z.enum(['sign_in', 'reset_password']),
        language: languageField,
        next: nextField,
      }),
      limits: (input, network) => [
        [limits.linkByNetwork, network],
        [limits.linkByAccount, input.email],
      ],
      run: async (input) => {
        await requestLink(input)
        return accepted
      },
    }),
  ],
  'link/sign-in': [
    endpoint({
      method: 'POST',
      input: z.strictObject({ token: tokenField }),
      limits: byNetwork,
      run: async ({ token }, headers) => {
        const before = await signedIn(headers)
        const { userId, set } = await enterByLink(token, headers)
        if (before) await endSession(before.actor.userId, before.sessionId)
        return asThemselves(userId, set)
      },
    }),
  ],
  'link/password': [
    endpoint({
      method: 'POST',
      input: z.strictObject({ token: tokenField, newPassword }),
      limits: byNetwork,
      hashes: true,
      run: async ({ token, newPassword: password }) => {
        await resetPassword(token, password)
        return { answer: { changed: true } }
      },
    }),
  ],
  'link/address': [
    endpoint({
      method: 'POST',
      input: z.strictObject({ token: tokenField }),
      limits: byNetwork,
      run: async ({ token }) => ({ answer: await confirmAddress(token) }),
    }),
  ],
  'address/verify': [
    endpoint({
      method: 'POST',
      input: nothing,
      run: async (_, headers) => {
        const { userId } = (await whoAsks(headers)).actor
        const person = await profileOf(userId)
        if (!person || person.emailVerified) return accepted
        await countInDatabase(limits.linkByAccount, person.email)
        await sendLink({ purpose: 'verify_address', userId, next: '/me/account' })
        return accepted
      },
    }),
  ],
  'address/change': [
    endpoint({
      method: 'POST',
      input: z.strictObject({ email, password: givenPassword.optional(), language: languageField }),
      hashes: true,
      run: async (input, headers) => {
        const { userId } = (await whoAsks(headers)).actor
        await countInDatabase(limits.passwordByPerson, userId)
        await countInDatabase(limits.linkByAccount, input.email)
        await changeAddress({ ...input, userId })
        return accepted
      },
    }),
  ],
}
