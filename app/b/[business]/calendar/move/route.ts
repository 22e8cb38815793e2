import { rescheduleAppointment } from '@/server/booking/appointment/reschedule'
import { showAppointment } from '@/server/booking/appointment/show'
import { Wrong } from '@/server/forms'
import { answerCalendar } from '../answer'
import { endFrom, instantFrom } from '../stretch'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerCalendar(
    request,
    params,
    'move',
    (form) => ({ open: form.get('id') ?? '' }),
    async ({ form, call, businessId, back }) => {
      const id = form.get('id') ?? ''
      const known = await showAppointment.execute({ businessId, id }, call)
      const startTime = instantFrom(form, known.timeZone, 'date', 'time')
      const endTime = endFrom(form, startTime, Date.parse(known.endTime) - Date.parse(known.startTime))
      const providerId = form.get('provider')
      if (providerId === '') throw new Wrong({ provider: 'is needed' })
      const { isElsewhere } = await rescheduleAppointment.execute(
        {
          id,
          startTime,
          ...(endTime ? { endTime } : {}),
          override: form.get('override') !== null,
          ...(providerId ? { providerId } : {}),
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
