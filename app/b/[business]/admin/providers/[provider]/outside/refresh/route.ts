import { askRefresh } from '@/server/scheduling/outside/ask-refresh'
import { answerOutside, type Params } from '../answer'

export const POST = (request: Request, given: Params): Promise<Response> =>
  answerOutside(request, given, ({ form, call, businessId }) =>
    askRefresh.execute({ businessId, outsideId: form.get('calendar') ?? '' }, call),
  )
