import { leaveWaitlist } from '@/server/booking/waitlist/leave'
import { answerForm } from '../../answer'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'waiting', '/waiting', async ({ form, call, root }) => {
    await leaveWaitlist.execute({ id: form.get('id') ?? '' }, call)
    return `${root}/waiting`
  })
