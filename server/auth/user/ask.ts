import { errorCode, Refusal } from '@/server/core/errors'
import { causeOfNow, isAnswer, underCause } from './cause'
import { type Identity, identity } from './identity'

const refusals: Record<string, () => Refusal> = {
  INVALID_EMAIL_OR_PASSWORD: () => new Refusal('unauthenticated', 'wrong_credentials'),
  INVALID_PASSWORD: () => new Refusal('forbidden', 'wrong_password'),
  CREDENTIAL_ACCOUNT_NOT_FOUND: () => new Refusal('conflict', 'no_password'),
  CHALLENGE_NOT_FOUND: () => new Refusal('conflict', 'passkey_failed'),
  PASSKEY_NOT_FOUND: () => new Refusal('conflict', 'passkey_failed'),
  AUTHENTICATION_FAILED: () => new Refusal('conflict', 'passkey_failed'),
  FAILED_TO_VERIFY_REGISTRATION: () => new Refusal('conflict', 'passkey_failed'),
  YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY: () => new Refusal('conflict', 'passkey_failed'),
  PREVIOUSLY_REGISTERED: () => new Refusal('conflict', 'already_exists'),
  SESSION_NOT_FRESH: () => new Refusal('forbidden', 'sign_in_again'),
  UNAUTHORIZED: () => new Refusal('unauthenticated', 'unauthenticated'),
}

/**
 * Asks the library, and hears the database through it: a fault it answered with a word about the request, or with
 * success, is thrown as what it was. Two who sign up with one address at once meet at its unique key; the second asks again.
 */
export async function ask<T>(work: (api: Identity['api']) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const cause = { ...causeOfNow(), fault: undefined }
    const outcome = await underCause(cause, () => work(identity().api)).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    )
    if (errorCode(cause.fault) === '23505' && attempt === 1) continue
    if (cause.fault) throw cause.fault
    if ('answer' in outcome) return outcome.answer
    throw (isAnswer(outcome.error) && refusals[outcome.error.body?.code ?? '']?.()) || outcome.error
  }
}
