import { identityForm } from '../form'

export const POST = identityForm({
  name: 'sign-out',
  path: 'sign-out',
  input: () => ({}),
  back: () => '/me',
  on: () => '/sign-in?said=out',
})
