import { setRoom } from '@/server/business/provider/set-room'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; provider: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { provider: providerId } = await params
  const back = `/providers/${providerId}`
  return answerForm(request, params, 'room', back, async ({ form, call, businessId, root }) => {
    const link = (form.get('link') ?? '').trim() || null
    await setRoom.execute({ businessId, providerId, link }, call)
    return `${root}${back}?saved=1#room`
  })
}
