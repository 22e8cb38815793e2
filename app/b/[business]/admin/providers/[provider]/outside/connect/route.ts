import { connectOutside } from '@/server/scheduling/outside/connect'
import { answerOutside, type Params } from '../answer'

export const POST = (request: Request, given: Params): Promise<Response> =>
  answerOutside(request, given, ({ form, call, businessId }, providerId) => {
    const [url, label] = [form.get('url') ?? '', form.get('label') ?? '']
    return connectOutside.execute({ businessId, providerId, url, label }, call)
  })
