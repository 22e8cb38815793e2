import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { answerCalendar } from '../answer'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerCalendar(
    request,
    params,
    'cancel',
    (form) => ({ open: form.get('id') ?? '' }),
    async ({ form, call, back }) => {
      const id = form.get('id') ?? ''
      await cancelAppointment.execute({ id, reason: form.get('reason') || undefined }, call)
      return back({ did: 'cancelled', id })
    },
  )
