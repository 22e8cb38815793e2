import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { showAppointment } from '@/server/booking/appointment/show'
import { answerCalendar } from '../answer'
import { instantFrom } from '../stretch'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerCalendar(
    request,
    params,
    'move',
    (form) => ({ open: form.get('id') ?? '' }),
    async ({ form, call, businessId, back }) => {
      const id = form.get('id') ?? ''
      const { timeZone } = await showAppointment.execute({ businessId, id }, call)
      const { isElsewhere } = await rescheduleAppointment.execute(
        {
          id,
          startTime: instantFrom(form, timeZone, 'date', 'time'),
          override: form.get('override') !== null,
          ...(form.get('provider') ? { providerId: form.get('provider') as string } : {}),
        },
        call,
      )
      return back({
        date: form.get('date') ?? '',
        open: id,
        did: isElsewhere ? 'movedElsewhere' : 'moved',
        id,
      })
    },
  )
