import { approveAppointment } from '@/server/booking/appointment/approve'
import { declineAppointment } from '@/server/booking/appointment/decline'
import { oncePer } from '@/server/core/command'
import { answerForm } from '../../answer'
import { eachOf } from '../each'

type Params = { params: Promise<{ business: string }> }

/** A button decides about its own request, or about all that are ticked. */
export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'decide', '/requests', async ({ form, call, root }) => {
    const did = form.get('approve') ? 'approve' : 'decline'
    const which = form.get(did) ?? ''
    const ticked = [...form.entries()].filter(([name]) => name.startsWith('id-')).map(([, id]) => id)
    const wanted = which === 'chosen' ? ticked : [which]
    if (wanted.length === 0) return `${root}/requests?none=1`
    const reason = form.get('reason') || undefined
    const done = await eachOf(wanted, (id) =>
      did === 'approve'
        ? approveAppointment.execute({ id }, oncePer(call, id))
        : declineAppointment.execute({ id, reason }, oncePer(call, id)),
    )
    const said = {
      did,
      ids: done.join(','),
      failed: String(wanted.length - done.length),
      at: String(Date.now()),
    }
    return `${root}/requests?${new URLSearchParams(said)}`
  })
