import { languageOf } from '@/server/request'
import { identityForm, withNext } from '../../form'

export const POST = identityForm({
  name: 'sign-up',
  path: 'sign-up/email',
  input: (form, { headers }) => ({
    name: form.get('name') ?? '',
    email: (form.get('email') ?? '').trim(),
    password: form.get('password') ?? '',
    language: languageOf(headers),
    next: form.get('next') || '/start',
  }),
  kept: ['name', 'email'],
  tells: ['email'],
  back: (form) => withNext('/sign-up', form),
  on: () => '/check-mail?for=sign-up',
})
