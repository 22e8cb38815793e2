import { acceptInvitation } from '@/server/auth/invitation/accept'
import { isRefusal } from '@/server/core/errors'
import { onceOf, seeOther, serveForm } from '@/server/forms'
import { callOf } from '@/server/request'
import { again, onward } from '../../../form'

export const POST = async (
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const [{ id }, token] = [await params, form.get('token') ?? '']
    const back = `/invitations/${encodeURIComponent(id)}?${new URLSearchParams({ token })}`
    try {
      const call = { ...(await callOf(request.headers)), ...onceOf(form) }
      await acceptInvitation.execute({ invitationId: id, token }, call)
      return onward('/me')
    } catch (error) {
      if (!isRefusal(error)) throw error
      if (error.kind === 'unauthenticated') return seeOther(`/sign-in?${new URLSearchParams({ next: back })}`)
      return again(back, 'invitation', {}, error)
    }
  })
