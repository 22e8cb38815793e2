import { createService } from '@/server/business/service/create'
import { parsePrice } from '@/server/business/service/model-price'
import { showService } from '@/server/business/service/queries'
import { updateService } from '@/server/business/service/update'
import { type Form, Wrong } from '@/server/forms'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; service: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { service: serviceId } = await params
  return answerForm(request, params, 'service', `/services/${serviceId}`, async (context) => {
    const { form, call, business, businessId, root } = context
    if (serviceId === 'new') {
      const { currency } = business
      const made = await createService.execute({ businessId, currency, ...read(form, currency) }, call)
      return `${root}/services/${made.serviceId}?saved=1`
    }
    const { currency } = await showService.execute({ businessId, serviceId }, call)
    await updateService.execute({ businessId, serviceId, changes: read(form, currency) }, call)
    return `${root}/services/${serviceId}?saved=1`
  })
}

/** An empty or crooked number is none, and the verb says so by the field's name. */
function read(form: Form, currency: string) {
  const number = (name: string) => Number(form.get(name)?.trim() || Number.NaN)
  const amount = parsePrice(form.get('amount') ?? '', currency)
  if (amount === null) throw new Wrong({ amount: 'is not a price' })
  return {
    name: form.get('name') ?? '',
    description: form.get('description') ?? '',
    durationMinutes: number('durationMinutes'),
    stepMinutes: number('stepMinutes'),
    bufferBeforeMinutes: number('bufferBeforeMinutes'),
    bufferAfterMinutes: number('bufferAfterMinutes'),
    noticeMinutes: number('noticeHours') * 60,
    windowDays: number('windowDays'),
    capacity: number('capacity'),
    freeUntilHours: number('freeUntilHours'),
    lateFeePercent: number('lateFeePercent'),
    amount,
  }
}
