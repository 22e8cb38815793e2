import { listedProvider } from '@/server/business/provider/list'
import { blockTime } from '@/server/scheduling/calendar/block'
import { answerCalendar } from '../answer'
import { saidInWords, stretchFrom } from '../stretch'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerCalendar(
    request,
    params,
    'block',
    () => ({ open: 'new' }),
    async ({ form, call, businessId, back }) => {
      const providerId = form.get('provider') ?? ''
      const { rules } = await listedProvider.execute({ businessId, providerId }, call)
      const times = stretchFrom(form, rules.timeZone)
      const label = form.get('label') ?? ''
      await saidInWords(blockTime.execute({ businessId, providerId, ...times, label }, call), rules.timeZone)
      return back({ date: form.get('date') ?? '' })
    },
  )
