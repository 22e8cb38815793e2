import { completeAppointment } from '@/server/booking/appointment/complete'
import { markNoShow } from '@/server/booking/appointment/mark-no-show'
import { oncePer } from '@/server/core/command'
import { answerForm } from '../answer'
import { eachOf } from '../requests/each'

type Params = { params: Promise<{ business: string }> }

/** Whether those of today and before came. */
export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'close', '', async ({ form, call, root }) => {
    const absent = form.get('absent')
    const ids = absent ? [absent] : (form.get('came') ?? '').split(',').filter(Boolean)
    await eachOf(ids, (id) => (absent ? markNoShow : completeAppointment).execute({ id }, oncePer(call, id)))
    return root
  })
