import { ownPath } from '@/server/auth/user/model-link'
import { identityForm, withNext } from '../../form'

export const POST = identityForm({
  name: 'sign-in',
  path: 'sign-in/email',
  input: (form) => ({ email: (form.get('email') ?? '').trim(), password: form.get('password') ?? '' }),
  kept: ['email'],
  back: (form) => withNext('/sign-in', form),
  on: (_, form) => ownPath(form.get('next')) ?? '/me',
})
