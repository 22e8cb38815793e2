import { joinWaitlist } from '@/server/booking/waitlist/join'
import type { Wish } from '@/server/booking/waitlist/model'
import { answerable, type Form, keptDraft, seeOther, serveForm } from '@/server/forms'
import { callOf, languageOf } from '@/server/request'
import { offerOf } from '../../book/place'

export const POST = async (
  request: Request,
  { params }: { params: Promise<{ business: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const offer = await offerOf((await params).business)
    const serviceId = form.get('service') ?? ''
    const service = offer.services.find((s) => s.id === serviceId)
    const metadata = {
      language: languageOf(request.headers, offer.language),
      timeZone: (form.get('zone') ?? '').slice(0, 64),
    }
    const client = { name: form.get('name') ?? '', email: (form.get('email') ?? '').trim() }
    const seats = Math.trunc(Number(form.get('seats'))) || 1
    try {
      const wish = wishOf(form, service?.providerIds ?? [])
      const call = { ...(await callOf(request.headers)), metadata }
      await joinWaitlist.execute({ serviceId, wish, client, seats }, call)
      return seeOther(`/b/${offer.slug}/wait/joined?${new URLSearchParams({ service: serviceId })}`)
    } catch (error) {
      const refusal = answerable(error)
      const back = {
        service: serviceId,
        day: form.get('day') ?? '',
        seats: String(seats),
        refused: refusal.code,
      }
      const draft = keptDraft(`wait:${serviceId}`, form, refusal)
      return seeOther(`/b/${offer.slug}/wait?${new URLSearchParams({ ...back, draft })}`)
    }
  })

function wishOf(form: Form, everybody: string[]): Wish {
  const [providerId = '', startTime = ''] = (form.get('what') ?? '').split(' ')
  if (startTime) return { kind: 'time', providerId, startTime }
  const one = form.get('provider')
  const minute = (name: string) => {
    const [hours, minutes] = (form.get(name) ?? '').split(':').map(Number)
    return (hours ?? Number.NaN) * 60 + (minutes ?? Number.NaN)
  }
  return {
    kind: 'rule',
    providerIds: one && one !== 'any' ? [one] : everybody,
    weekdays: [1, 2, 3, 4, 5, 6, 7].filter((n) => form.get(`weekday-${n}`) === 'on'),
    fromMinute: minute('from'),
    // The last minute of the day is the end of it.
    untilMinute: form.get('until') === '23:59' ? 24 * 60 : minute('until'),
    fromDate: form.get('fromDate') ?? '',
    untilDate: form.get('untilDate') ?? '',
  }
}
