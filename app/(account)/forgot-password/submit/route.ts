import { languageOf } from '@/server/request'
import { identityForm } from '../../form'

export const POST = identityForm({
  name: 'reset',
  path: 'link/request',
  input: (form, { headers }) => ({
    email: (form.get('email') ?? '').trim(),
    purpose: 'reset_password',
    language: languageOf(headers),
  }),
  kept: ['email'],
  tells: ['email'],
  back: () => '/forgot-password',
  on: () => '/check-mail?for=reset',
})
