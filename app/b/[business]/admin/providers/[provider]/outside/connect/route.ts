import { connectOutside } from '@/server/scheduling/outside/connect'
import { answerForm } from '../../../../answer'

type Params = { params: Promise<{ business: string; provider: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { provider: providerId } = await params
  const back = `/providers/${providerId}`
  return answerForm(
    request,
    params,
    'outside',
    `${back}#outside`,
    async ({ form, call, businessId, root }) => {
      const [url, label] = [form.get('url') ?? '', form.get('label') ?? '']
      await connectOutside.execute({ businessId, providerId, url, label }, call)
      return `${root}${back}#outside`
    },
  )
}
