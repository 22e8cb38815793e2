import { approveAppointment } from '@/server/booking/appointment/approve'
import { completeAppointment } from '@/server/booking/appointment/complete'
import { declineAppointment } from '@/server/booking/appointment/decline'
import { markNoShow } from '@/server/booking/appointment/mark-no-show'
import { refuse } from '@/server/core/errors'
import { answerCalendar } from '../answer'

type Params = { params: Promise<{ business: string }> }

const verbs = {
  approved: approveAppointment,
  declined: declineAppointment,
  completed: completeAppointment,
  no_show: markNoShow,
}

const isVerb = (name: string | null): name is keyof typeof verbs =>
  name !== null && Object.hasOwn(verbs, name)

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerCalendar(
    request,
    params,
    'decide',
    (form) => ({ open: form.get('id') ?? '' }),
    async ({ form, call, back }) => {
      const [id, did] = [form.get('id') ?? '', form.get('did')]
      if (!isVerb(did)) refuse('malformed')
      await verbs[did].execute({ id }, call)
      return back(did === 'declined' ? { did, id } : { open: id, did, id })
    },
  )
