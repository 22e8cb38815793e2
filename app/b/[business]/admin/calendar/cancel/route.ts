import { cancelAppointment } from '@/server/booking/appointment/cancel'
import type { Form } from '@/server/forms'
import { answerForm } from '../../answer'

type Params = { params: Promise<{ business: string }> }

const opened = (form: Form) => `/calendar?${new URLSearchParams({ open: form.get('id') ?? '' })}`

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'cancel', opened, async ({ form, call, root }) => {
    const reason = form.get('reason') || undefined
    await cancelAppointment.execute({ id: form.get('id') ?? '', reason }, call)
    return form.get('back') || `${root}/calendar`
  })
