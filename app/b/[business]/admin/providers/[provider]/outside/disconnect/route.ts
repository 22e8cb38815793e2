import { disconnectOutside } from '@/server/scheduling/outside/disconnect'
import { answerOutside, type Params } from '../answer'

export const POST = (request: Request, given: Params): Promise<Response> =>
  answerOutside(request, given, ({ form, call, businessId }) =>
    disconnectOutside.execute({ businessId, outsideId: form.get('calendar') ?? '' }, call),
  )
