import { setFeed } from '@/server/business/provider/set-feed'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; provider: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { provider: providerId } = await params
  const back = `/providers/${providerId}`
  return answerForm(request, params, 'provider', back, async ({ form, call, businessId, root }) => {
    await setFeed.execute({ businessId, providerId, open: form.get('open') !== null }, call)
    return `${root}${back}?saved=1#feed`
  })
}
