import { createService } from '@/server/business/service/create'
import { showService } from '@/server/business/service/queries'
import { updateService } from '@/server/business/service/update'
import { answerForm } from '../../../answer'
import { offerFrom } from '../offer'

type Params = { params: Promise<{ business: string; service: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { service: serviceId } = await params
  return answerForm(request, params, 'service', `/services/${serviceId}`, async (context) => {
    const { form, call, business, businessId, root } = context
    if (serviceId === 'new') {
      const { currency } = business
      const made = await createService.execute({ businessId, currency, ...offerFrom(form, currency) }, call)
      return `${root}/services/${made.serviceId}?saved=1`
    }
    const { currency } = await showService.execute({ businessId, serviceId }, call)
    await updateService.execute(
      { businessId, serviceId, seen: form.get('seen') ?? '', changes: offerFrom(form, currency) },
      call,
    )
    return `${root}/services/${serviceId}?saved=1`
  })
}
