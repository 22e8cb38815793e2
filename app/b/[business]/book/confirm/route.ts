import { bookAppointment } from '@/server/booking/appointment/book'
import { bookHeld } from '@/server/booking/appointment/book-held'
import { clientFields } from '@/server/booking/appointment/capabilities'
import { termsIn } from '@/server/booking/appointment/model-terms'
import { answersIn, type Question, wrongAnswers } from '@/server/business/service/model-questions'
import { resourceToken } from '@/server/core/crypto'
import { isRefusal, Refusal } from '@/server/core/errors'
import { answerable, type Form, isSentBefore, keptDraft, seeOther, serveForm } from '@/server/forms'
import { callOf, languageOf } from '@/server/request'
import { showHold } from '@/server/scheduling/hold/show'
import { offerOf } from '../place'
import { stepFrom } from '../step'

/** The details are in: book what is held. What was typed stays when they want another look. */
export const POST = async (
  request: Request,
  { params }: { params: Promise<{ business: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const offer = await offerOf((await params).business)
    const holdId = form.get('hold') ?? ''
    const token = form.get('token') ?? ''
    // What mails about it will be written in, and by whose clock.
    const metadata = {
      language: languageOf(request.headers, offer.language),
      timeZone: (form.get('zone') ?? '').slice(0, 64),
    }
    const call = { ...(await callOf(request.headers)), bearer: token, metadata }
    const held = await showHold.execute({ holdId }, call)
    const at = stepFrom(offer.slug, form)
    const asked = offer.services.find((s) => s.id === held.serviceId)?.questions ?? []
    const { client, answers, errors } = read(form, asked)
    const again = (refusal: Refusal, change: Record<string, string>) =>
      seeOther(at({ ...change, draft: keptDraft(`book:${held.serviceId}`, form, refusal) }))
    if (!client) return again(new Refusal('malformed', 'malformed', { errors }), { hold: holdId, token })
    // Sent twice by an impatient finger, it is still one booking.
    const once = { ...call, idempotencyKey: `hold:${holdId}` }
    const { providerId, serviceId, startTime, seats, place: where } = held
    const who = { client, answers, ...termsIn(form) }
    const asHeld = { holdId, ...who }
    const anew = { providerId, serviceId, startTime, seats, place: where, ...who }
    const booked = (id: string, how: 'new' | 'before') => {
      const said = { token: resourceToken('appointment', id), zone: form.get('zone') ?? '', [how]: '1' }
      return seeOther(`/bookings/${id}?${new URLSearchParams(said)}`)
    }
    try {
      const { id } = await bookHeld.execute(asHeld, once).catch((error) => {
        if (!isRefusal(error) || !['hold_expired', 'wrong_state'].includes(error.code)) throw error
        return bookAppointment.execute(anew, once)
      })
      return booked(id, 'new')
    } catch (error) {
      const before = isSentBefore(error)
        ? ((await bookHeld.answered(asHeld, once)) ?? (await bookAppointment.answered(anew, once)))
        : null
      if (before) return booked(before.id, 'before')
      const refusal = answerable(error)
      const { code } = refusal
      if (code === 'slot_taken') return again(refusal, { taken: held.startTime })
      if (code === 'terms_changed') return again(refusal, { hold: holdId, token, refused: code })
      return again(refusal, { refused: code })
    }
  })

/** Each field by itself, so that the page can say which ones to look at. */
function read(form: Form, asked: readonly Question[]) {
  const typed = {
    name: form.get('name') ?? '',
    email: (form.get('email') ?? '').trim(),
    phone: (form.get('phone') ?? '').trim(),
  }
  const answers = answersIn(form, asked)
  const parsed = clientFields.safeParse({ ...typed, phone: typed.phone || undefined })
  const wrong = parsed.error?.issues.map(({ path, message }) => [String(path[0]), message]) ?? []
  const errors = { ...wrongAnswers(asked, answers), ...Object.fromEntries(wrong) }
  const client = parsed.success && Object.keys(errors).length === 0 ? parsed.data : null
  return { client, answers, errors }
}
