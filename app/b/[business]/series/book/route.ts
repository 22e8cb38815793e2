import { bookSeveral } from '@/server/booking/appointment/book-several'
import { termsIn } from '@/server/booking/appointment/model-terms'
import { answersIn } from '@/server/business/service/model-questions'
import { resourceToken } from '@/server/core/crypto'
import { answerable, isSentBefore, keptDraft, onceOf, seeOther, serveForm } from '@/server/forms'
import { callOf, languageOf } from '@/server/request'
import { offerOf } from '../../book/place'

/** All the dates that are left, together. */
export const POST = async (
  request: Request,
  { params }: { params: Promise<{ business: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const offer = await offerOf((await params).business)
    const [serviceId, providerId] = [form.get('service') ?? '', form.get('provider') ?? '']
    const asked = offer.services.find((s) => s.id === serviceId)?.questions ?? []
    const dates = [...form.entries()].filter(([name, at]) => name.startsWith('date-') && at !== '')
    const seats = Math.trunc(Number(form.get('seats'))) || 1
    // A time of a place says which.
    const items = dates.map(([, said]) => {
      const [startTime = '', place] = said.split(' ')
      return { providerId, serviceId, startTime, seats, ...(place ? { place } : {}), ...termsIn(form) }
    })
    const client = { name: form.get('name') ?? '', email: (form.get('email') ?? '').trim() }
    const answers = answersIn(form, asked)
    const metadata = {
      language: languageOf(request.headers, offer.language),
      timeZone: (form.get('zone') ?? '').slice(0, 64),
    }
    const call = { ...(await callOf(request.headers)), ...onceOf(form), metadata }
    const wanted = { items, client, answers }
    const booked = ([first]: readonly { id: string }[], how: 'new' | 'before') => {
      if (!first) return seeOther(`/b/${offer.slug}`)
      const said = { token: resourceToken('appointment', first.id), [how]: '1' }
      return seeOther(`/bookings/${first.id}?${new URLSearchParams(said)}`)
    }
    try {
      return booked((await bookSeveral.execute(wanted, call)).bookings, 'new')
    } catch (error) {
      const before = isSentBefore(error) ? await bookSeveral.answered(wanted, call) : null
      if (before) return booked(before.bookings, 'before')
      const refusal = answerable(error)
      const names = ['service', 'provider', 'startTime', 'every', 'times', 'seats', 'zone']
      const kept = names.map((name) => [name, form.get(name) ?? ''])
      const draft = keptDraft(`series:${serviceId}`, form, refusal)
      const query = new URLSearchParams([...kept, ['refused', refusal.code], ['draft', draft]])
      return seeOther(`/b/${offer.slug}/series?${query}`)
    }
  })
