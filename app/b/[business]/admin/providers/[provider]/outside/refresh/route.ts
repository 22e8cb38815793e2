import { askRefresh } from '@/server/scheduling/outside/ask-refresh'
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
      await askRefresh.execute({ businessId, outsideId: form.get('calendar') ?? '' }, call)
      return `${root}${back}#outside`
    },
  )
}
