import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { isRefusal } from '@/server/core/errors'
import { seeOther, serveForm } from '@/server/forms'
import { callOf } from '@/server/request'

/** The form's way to cancel: POST, then see the booking again. */
export const POST = async (
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const { id } = await params
    const token = form.get('token') ?? ''
    const back = new URLSearchParams({ token })
    try {
      await cancelAppointment.execute({ id }, { ...(await callOf(request.headers)), bearer: token })
    } catch (error) {
      if (!isRefusal(error) || error.kind !== 'conflict') throw error
      // Cancelled already, or over: its page says how it is.
      if (error.code !== 'wrong_state') back.set('refused', error.code)
    }
    return seeOther(`/bookings/${encodeURIComponent(id)}?${back}`)
  })
