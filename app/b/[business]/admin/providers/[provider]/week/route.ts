import { Wrong } from '@/server/forms'
import { weekFrom } from '@/server/scheduling/calendar/model-entry'
import { setWeek } from '@/server/scheduling/calendar/set-week'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; provider: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { provider: providerId } = await params
  return answerForm(request, params, 'week', `/providers/${providerId}`, async (context) => {
    const { form, call, businessId, root } = context
    const { weekly, wrong } = weekFrom((name) => form.get(name))
    if (wrong.length > 0)
      throw new Wrong(Object.fromEntries(wrong.map((day) => [`day-${day}`, 'is not hours'])))
    const seen = form.get('seen') ?? ''
    await setWeek.execute({ businessId, providerId, seen, weekly, place: form.get('place') || null }, call)
    return `${root}/providers/${providerId}?saved=1`
  })
}
