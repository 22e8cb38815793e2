import { isDate } from '@/server/core/time'
import { Wrong } from '@/server/forms'
import { rangesFrom } from '@/server/scheduling/calendar/model-entry'
import { setDay } from '@/server/scheduling/calendar/set-day'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; provider: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { provider: providerId } = await params
  return answerForm(request, params, 'day', `/providers/${providerId}`, async (context) => {
    const { form, call, businessId, root } = context
    const date = form.get('date') ?? ''
    if (!isDate(date)) throw new Wrong({ date: 'is not a day' })
    const through = form.get('through') || undefined
    const ranges = form.get('usual') ? null : rangesFrom((name) => form.get(name), 'special')
    if (ranges === null && !form.get('usual')) throw new Wrong({ 'day-special': 'is not hours' })
    const seen = form.get('seen') ?? ''
    await setDay.execute({ businessId, providerId, seen, date, through, ranges }, call)
    return `${root}/providers/${providerId}?saved=1`
  })
}
