import { archiveService } from '@/server/business/service/archive'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; service: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { service: serviceId } = await params
  return answerForm(
    request,
    params,
    'service',
    `/services/${serviceId}`,
    async ({ call, businessId, root }) => {
      await archiveService.execute({ businessId, serviceId }, call)
      return `${root}/services`
    },
  )
}
