import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { answerForm } from '../../answer'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'cancel', '/calendar', async ({ form, call, root }) => {
    const reason = form.get('reason') || undefined
    await cancelAppointment.execute({ id: form.get('id') ?? '', reason }, call)
    return form.get('back') || `${root}/calendar`
  })
