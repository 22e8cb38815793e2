import { listedProvider } from '@/server/business/provider/list'
import { changeBlock } from '@/server/scheduling/calendar/change-block'
import { answerCalendar } from '../answer'
import { saidInWords, stretchFrom } from '../stretch'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerCalendar(
    request,
    params,
    'change-block',
    (form) => ({ open: form.get('block') ?? '' }),
    async ({ form, call, businessId, back }) => {
      const [blockId, providerId] = [form.get('block') ?? '', form.get('provider') ?? '']
      const { rules } = await listedProvider.execute({ businessId, providerId }, call)
      const times = stretchFrom(form, rules.timeZone)
      const label = form.get('label') ?? ''
      const change = changeBlock.execute({ businessId, blockId, providerId, ...times, label }, call)
      await saidInWords(change, rules.timeZone)
      return back({ date: form.get('date') ?? '' })
    },
  )
