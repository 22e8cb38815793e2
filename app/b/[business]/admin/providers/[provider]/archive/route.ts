import { archiveProvider } from '@/server/business/provider/archive'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; provider: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { provider: providerId } = await params
  return answerForm(
    request,
    params,
    'provider',
    `/providers/${providerId}`,
    async ({ call, businessId, root }) => {
      await archiveProvider.execute({ businessId, providerId }, call)
      return `${root}/providers`
    },
  )
}
