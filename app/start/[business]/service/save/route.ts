import { parsePrice } from '@/server/business/service/model-price'
import { updateService } from '@/server/business/service/update'
import { refuse } from '@/server/core/errors'
import { serveOwnForm, Wrong } from '@/server/forms'
import { beginning, load } from '../../../own'

type Params = { params: Promise<{ business: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { business: slug } = await params
  return serveOwnForm(request, 'service', `/start/${slug}/service`, async (form, call) => {
    const { businessId } = await load(slug, call)
    const { service } = (await beginning(businessId, call)) ?? refuse('not_found')
    const minutes = Number(form.get('durationMinutes') || Number.NaN)
    const amount = parsePrice(form.get('amount') ?? '', service.currency)
    if (amount === null) throw new Wrong({ amount: 'is not a price' })
    const changes = {
      name: form.get('name') ?? '',
      durationMinutes: minutes,
      stepMinutes: Math.max(5, Math.min(minutes || 30, 30)),
      amount,
    }
    await updateService.execute({ businessId, serviceId: service.id, changes }, call)
    return `/start/${slug}/hours`
  })
}
