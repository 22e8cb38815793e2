import { termsIn } from '@/server/booking/appointment/model-terms'
import { acceptOffer } from '@/server/booking/waitlist/accept'
import { showEntry } from '@/server/booking/waitlist/queries'
import { answersIn } from '@/server/business/service/model-questions'
import { resourceToken } from '@/server/core/crypto'
import { answerable, isSentBefore, seeOther, serveForm } from '@/server/forms'
import { callOf, languageOf } from '@/server/request'

export const POST = async (
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const { id } = await params
    const token = form.get('token') ?? ''
    const call = { ...(await callOf(request.headers)), bearer: token }
    const { service, business, offer } = await showEntry.execute({ id }, call)
    const wanted = { id, answers: answersIn(form, service.questions), ...termsIn(form) }
    const metadata = {
      language: languageOf(request.headers, business.language),
      timeZone: (form.get('zone') ?? '').slice(0, 64),
    }
    // What was offered is taken once, however often the button is pressed.
    const once = { ...call, metadata, idempotencyKey: offer && `offer:${offer.holdId}` }
    const booked = ({ bookingId }: { bookingId: string }, how: 'new' | 'before') => {
      const query = new URLSearchParams({ token: resourceToken('appointment', bookingId), [how]: '1' })
      return seeOther(`/bookings/${bookingId}?${query}`)
    }
    try {
      return booked(await acceptOffer.execute(wanted, once), 'new')
    } catch (error) {
      const before = isSentBefore(error) ? await acceptOffer.answered(wanted, once) : null
      if (before) return booked(before, 'before')
      const { code } = answerable(error)
      // Taken or left already: its page says how it stands.
      const said = { token, ...(code === 'wrong_state' ? {} : { refused: code }) }
      return seeOther(`/waitlist/${encodeURIComponent(id)}?${new URLSearchParams(said)}`)
    }
  })
