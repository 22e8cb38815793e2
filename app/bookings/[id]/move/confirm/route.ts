import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { answerable, seeOther, serveForm } from '@/server/forms'
import { callOf } from '@/server/request'

/** Takes the new time and gives the old one back, or neither. */
export const POST = async (
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const { id } = await params
    const token = form.get('token') ?? ''
    const startTime = form.get('startTime') ?? ''
    // As the page said: gone elsewhere since, it is not moved.
    const place = form.get('place')
    const told = place === null ? {} : { place: place || null }
    const back = `/bookings/${encodeURIComponent(id)}`
    try {
      await rescheduleAppointment.execute(
        { id, startTime, ...told },
        { ...(await callOf(request.headers)), bearer: token },
      )
      return seeOther(`${back}?${new URLSearchParams({ token })}`)
    } catch (error) {
      const { code } = answerable(error)
      const kept = { day: form.get('day') ?? '', zone: form.get('zone') ?? '' }
      const said = Object.entries({ token, ...kept, refused: code }).filter(([, value]) => value !== '')
      return seeOther(`${back}/move?${new URLSearchParams(said)}`)
    }
  })
