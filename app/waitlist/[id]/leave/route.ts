import { leaveWaitlist } from '@/server/booking/waitlist/leave'
import { answerable, seeOther, serveForm } from '@/server/forms'
import { callOf } from '@/server/request'

export const POST = async (
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const { id } = await params
    const token = form.get('token') ?? ''
    const back = new URLSearchParams({ token })
    try {
      await leaveWaitlist.execute({ id }, { ...(await callOf(request.headers)), bearer: token })
    } catch (error) {
      const { code } = answerable(error)
      if (code !== 'wrong_state') back.set('refused', code)
    }
    return seeOther(`/waitlist/${encodeURIComponent(id)}?${back}`)
  })
