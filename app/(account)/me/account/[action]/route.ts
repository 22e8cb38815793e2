import { notFound } from 'next/navigation'
import { languageOf } from '@/server/request'
import { given, identityForm } from '../../../form'

type Steps = Omit<Parameters<typeof identityForm>[0], 'name' | 'back' | 'on'> & { part: string }

/** What each form of the page asks of identity, and which part of the page answers. */
const actions: Record<string, Steps> = {
  profile: {
    part: 'profile',
    path: 'update-user',
    input: (form) => ({
      name: form.get('name') ?? '',
      language: given(form, 'language'),
      timeZone: given(form, 'timeZone'),
    }),
    kept: ['name'],
  },
  verify: { part: 'address', path: 'address/verify', input: () => ({}) },
  address: {
    part: 'address',
    path: 'address/change',
    input: (form, { headers }) => ({
      email: (form.get('email') ?? '').trim(),
      password: given(form, 'currentPassword'),
      language: languageOf(headers),
    }),
    kept: ['email'],
  },
  password: {
    part: 'password',
    path: 'change-password',
    input: (form) => ({
      currentPassword: form.get('currentPassword') ?? '',
      newPassword: form.get('newPassword') ?? '',
    }),
  },
  'end-session': {
    part: 'sessions',
    path: 'end-session',
    input: (form) => ({ sessionId: form.get('sessionId') ?? '' }),
  },
  'end-others': { part: 'sessions', path: 'end-other-sessions', input: () => ({}) },
  'remove-passkey': {
    part: 'passkeys',
    path: 'passkey/remove',
    input: (form) => ({ id: form.get('id') ?? '' }),
  },
}

export async function POST(
  request: Request,
  { params }: { params: Promise<{ action: string }> },
): Promise<Response> {
  const { action } = await params
  const { part, ...steps } = (Object.hasOwn(actions, action) && actions[action]) || notFound()
  return identityForm({
    ...steps,
    name: `account-${action}`,
    back: () => `/me/account#${part}`,
    on: () => `/me/account?done=${action}#${part}`,
  })(request)
}
