import { unblockTime } from '@/server/scheduling/calendar/unblock'
import { answerForm } from '../../answer'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'unblock', '/calendar', async ({ form, call, businessId, root }) => {
    await unblockTime.execute({ businessId, blockId: form.get('block') ?? '' }, call)
    return form.get('back') || `${root}/calendar`
  })
