import { acceptOffer } from '@/server/booking/waitlist/accept'
import { showEntry } from '@/server/booking/waitlist/queries'
import { answersIn } from '@/server/business/service/model-questions'
import { resourceToken } from '@/server/core/crypto'
import { answerable, seeOther, serveForm } from '@/server/forms'
import { callOf, languageOf } from '@/server/request'

export const POST = async (
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const { id } = await params
    const token = form.get('token') ?? ''
    const call = { ...(await callOf(request.headers)), bearer: token }
    const { service, business } = await showEntry.execute({ id }, call)
    const answers = answersIn(form, service.questions)
    try {
      const metadata = { language: languageOf(request.headers, business.language) }
      const { bookingId } = await acceptOffer.execute({ id, answers }, { ...call, metadata })
      const query = new URLSearchParams({ token: resourceToken('appointment', bookingId), new: '1' })
      return seeOther(`/bookings/${bookingId}?${query}`)
    } catch (error) {
      const { code } = answerable(error)
      return seeOther(`/waitlist/${encodeURIComponent(id)}?${new URLSearchParams({ token, refused: code })}`)
    }
  })
