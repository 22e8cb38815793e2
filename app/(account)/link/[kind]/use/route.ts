import { notFound } from 'next/navigation'
import { type LinkPurpose, ownPath, purposeOfPage } from '@/server/auth/user/model-link'
import type { Form } from '@/server/forms'
import { identityForm, withNext } from '../../../form'

const enters = { path: 'link/sign-in', on: (form: Form) => ownPath(form.get('next')) ?? '/me' }
const uses: Record<LinkPurpose, { path: string; on: (form: Form) => string }> = {
  sign_in: enters,
  verify_address: enters,
  change_address: { path: 'link/address', on: () => '/me/account' },
  reset_password: { path: 'link/password', on: () => '/sign-in?said=password' },
}

/** The button on the link's page: only this uses it up. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ kind: string }> },
): Promise<Response> {
  const { kind } = await params
  const purpose = purposeOfPage(kind) ?? notFound()
  const { path, on } = uses[purpose]
  return identityForm({
    name: 'link',
    path,
    input: (form) => ({
      token: form.get('token') ?? '',
      ...(purpose === 'reset_password' ? { newPassword: form.get('newPassword') ?? '' } : {}),
    }),
    back: (form) => withNext(`/link/${kind}`, form, { token: form.get('token') ?? '' }),
    on: (_, form) => on(form),
  })(request)
}
