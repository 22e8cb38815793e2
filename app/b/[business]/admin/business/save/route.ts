import { updateBusiness } from '@/server/business/business/update'
import { answerForm } from '../../answer'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'business', '/business', async ({ form, call, businessId, root }) => {
    const changes = {
      name: form.get('name') ?? '',
      timeZone: form.get('timeZone') ?? '',
      currency: form.get('currency') ?? '',
      language: form.get('language') === 'de' ? ('de' as const) : ('en' as const),
      accent: form.get('accent') || null,
    }
    await updateBusiness.execute({ businessId, changes }, call)
    return `${root}/business?saved=1`
  })
