import { z } from 'zod'
import { refuse } from '@/server/core/errors'
import { email, id, line, rfc3339 } from '@/server/core/fields'
import { countInDatabase } from '@/server/core/rate-limit'
import { isZone } from '@/server/core/time'
import { ask } from './ask'
import { endOtherSessions, endSession } from './end-session'
import {
  asThemselves,
  type Endpoint,
  endpoint,
  givenPassword,
  languageField,
  newPassword,
  nextField,
  nothing,
  whoAsks,
} from './endpoint'
import { endpointsByMail } from './endpoints-by-mail'
import { endpointsPasskey } from './endpoints-passkey'
import { limits } from './limits'
import { listSessions, profileOf } from './queries'
import { signedIn } from './session'
import { signUpByMail } from './sign-up'

const profile = z
  .strictObject({ name: line(120), language: z.enum(['en', 'de']), timeZone: z.string().refine(isZone) })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, 'names nothing to change')

type Session = { session: { expiresAt: Date }; user: { id: string } } | null

const shown = async (found: Session) =>
  found && { user: await profileOf(found.user.id), expiresAt: rfc3339(found.session.expiresAt) }

export const endpoints: Record<string, Endpoint[]> = {
  ...endpointsByMail,
  ...endpointsPasskey,
  'sign-up/email': [
    endpoint({
      method: 'POST',
      input: z.strictObject({
        name: line(120),
        email,
        password: newPassword,
        language: languageField,
        next: nextField,
      }),
      limits: (input, network) => [
        [limits.signUpByNetwork, network],
        [limits.signUpByAccount, input.email],
      ],
      hashes: true,
      run: async (input) => {
        await signUpByMail(input)
        return { answer: { accepted: true } }
      },
    }),
  ],
  'sign-in/email': [
    endpoint({
      method: 'POST',
      input: z.strictObject({ email, password: givenPassword, rememberMe: z.boolean().optional() }),
      limits: (input, network) => [
        [limits.signInByNetwork, network],
        [limits.signInByNetworkAndAccount, `${network} ${input.email}`],
        [limits.signInByAccount, input.email],
      ],
      hashes: true,
      run: async (body, headers) => {
        const before = await signedIn(headers)
        const { response, headers: set } = await ask((api) =>
          api.signInEmail({ body, headers, returnHeaders: true }),
        )
        if (before) await endSession(before.actor.userId, before.sessionId)
        return asThemselves(response.user.id, set)
      },
    }),
  ],
  'sign-out': [
    endpoint({
      method: 'POST',
      input: nothing,
      run: async (_, headers) => {
        const { headers: set } = await ask((api) => api.signOut({ headers, returnHeaders: true }))
        return { answer: { signedOut: true }, headers: set }
      },
    }),
  ],
  'get-session': [
    endpoint({
      method: 'GET',
      input: nothing,
      run: async (_, headers) => ({
        answer: await shown(await ask((api) => api.getSession({ headers, query: { disableRefresh: true } }))),
      }),
    }),
    endpoint({
      method: 'POST',
      input: nothing,
      run: async (_, headers) => {
        const { response, headers: set } = await ask((api) =>
          api.getSession({ method: 'POST', headers, returnHeaders: true }),
        )
        return { answer: await shown(response), headers: set }
      },
    }),
  ],
  'update-user': [
    endpoint({
      method: 'POST',
      input: profile,
      run: async (body, headers) => {
        const { actor } = await whoAsks(headers)
        const { headers: set } = await ask((api) => api.updateUser({ body, headers, returnHeaders: true }))
        return asThemselves(actor.userId, set)
      },
    }),
  ],
  'change-password': [
    endpoint({
      method: 'POST',
      input: z.strictObject({ currentPassword: givenPassword, newPassword }),
      hashes: true,
      run: async (passwords, headers) => {
        const { actor } = await whoAsks(headers)
        await countInDatabase(limits.passwordByPerson, actor.userId)
        const body = { ...passwords, revokeOtherSessions: true }
        const { headers: set } = await ask((api) =>
          api.changePassword({ body, headers, returnHeaders: true }),
        )
        return { answer: { changed: true }, headers: set }
      },
    }),
  ],
  'list-sessions': [
    endpoint({
      method: 'GET',
      input: nothing,
      run: async (_, headers) => ({ answer: { sessions: await listSessions(await whoAsks(headers)) } }),
    }),
  ],
  'end-session': [
    endpoint({
      method: 'POST',
      input: z.strictObject({ sessionId: id }),
      run: async ({ sessionId }, headers) => {
        const { actor } = await whoAsks(headers)
        if (!(await endSession(actor.userId, sessionId))) refuse('not_found')
        return { answer: { ended: 1 } }
      },
    }),
  ],
  'end-other-sessions': [
    endpoint({
      method: 'POST',
      input: nothing,
      run: async (_, headers) => {
        const { actor, sessionId } = await whoAsks(headers)
        return { answer: { ended: await endOtherSessions(actor.userId, sessionId) } }
      },
    }),
  ],
}
