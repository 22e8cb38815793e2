import { bookForClient } from '@/server/booking/appointment/book-for-client'
import { listedProvider } from '@/server/business/provider/list'
import { isRefusal } from '@/server/core/errors'
import { toLocal } from '@/server/core/time'
import { type Form, Wrong } from '@/server/forms'
import { answerCalendar } from '../answer'
import { endFrom, instantFrom } from '../stretch'

type Params = { params: Promise<{ business: string }> }

const asked = (form: Form) => ({
  open: 'book',
  for: form.get('provider') ?? '',
  service: form.get('service') ?? '',
  date: form.get('date') ?? '',
})

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerCalendar(request, params, 'book', asked, async ({ form, call, businessId, back }) => {
    const [providerId, serviceId] = [form.get('provider') ?? '', form.get('service') ?? '']
    const { rules } = await listedProvider.execute({ businessId, providerId }, call)
    const chosen = form.get('startTime') ?? ''
    const startTime =
      chosen === 'other' ? instantFrom(form, rules.timeZone, 'otherDate', 'otherTime') : chosen
    if (!startTime) throw new Wrong({ time: 'is needed' })
    const endTime = endFrom(form, startTime)
    const place = chosen === 'other' ? form.get('place') : null
    const contactId = form.get('contact') || undefined
    const made = await bookForClient
      .execute(
        {
          businessId,
          providerId,
          serviceId,
          startTime,
          ...(endTime ? { endTime } : {}),
          ...(contactId ? { contactId } : { client: clientFrom(form) }),
          seats: Number(form.get('seats') ?? 1),
          note: form.get('note') || undefined,
          ...(place ? { place } : {}),
          override: form.get('override') !== null,
        },
        call,
      )
      .catch((error: unknown) => {
        throw fieldsOf(error)
      })
    const { date } = toLocal(rules.timeZone, Date.parse(made.startTime))
    return back({ date, open: made.id, did: 'booked', id: made.id })
  })

const clientFrom = (form: Form) => ({
  name: form.get('name') ?? '',
  email: form.get('email')?.trim() || undefined,
  phone: form.get('phone')?.trim() || undefined,
})

/** Which field of the form is meant. */
function fieldsOf(error: unknown): unknown {
  if (!isRefusal(error) || error.code !== 'malformed') return error
  const named = Object.keys((error.data.errors as Record<string, string> | undefined) ?? {})
  if (named.length === 0) return error
  return new Wrong(Object.fromEntries(named.map((name) => [name.replace(/^client\.?/, '') || 'name', name])))
}
