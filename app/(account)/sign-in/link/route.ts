import { languageOf } from '@/server/request'
import { given, identityForm, withNext } from '../../form'

export const POST = identityForm({
  name: 'sign-in',
  path: 'link/request',
  input: (form, { headers }) => ({
    email: (form.get('email') ?? '').trim(),
    purpose: 'sign_in',
    language: languageOf(headers),
    next: given(form, 'next'),
  }),
  kept: ['email'],
  tells: ['email'],
  back: (form) => withNext('/sign-in', form),
  on: (_, form) => withNext('/check-mail', form, { for: 'sign-in' }),
})
