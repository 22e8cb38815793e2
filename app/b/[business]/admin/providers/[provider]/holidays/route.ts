import { keptOpen } from '@/server/scheduling/calendar/model-holidays'
import { setHolidays } from '@/server/scheduling/calendar/set-holidays'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; provider: string }> }

/** Which holidays are closed: those of a region that are ticked, or none any more. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { provider: providerId } = await params
  const back = `/providers/${providerId}`
  return answerForm(
    request,
    params,
    'holidays',
    `${back}#holidays`,
    async ({ form, call, businessId, root }) => {
      const region = form.get('stop') === null ? (form.get('region') ?? '') : null
      const open = keptOpen(form.entries())
      const seen = region === null ? undefined : (form.get('seen') ?? '')
      const everybody = form.get('everybody') !== null
      await setHolidays.execute({ businessId, providerId, everybody, region, open, seen }, call)
      return `${root}${back}?saved=1#holidays`
    },
  )
}
