import { isRefusal } from '@/server/core/errors'
import { unblockTime } from '@/server/scheduling/calendar/unblock'
import { answerCalendar } from '../answer'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerCalendar(
    request,
    params,
    'unblock',
    () => ({}),
    async ({ form, call, businessId, back }) => {
      const blockId = form.get('block') ?? ''
      await unblockTime.execute({ businessId, blockId }, call).catch((error: unknown) => {
        // Somebody else gave it back already: what was wanted is so.
        if (!isRefusal(error) || error.kind !== 'not_found') throw error
      })
      return back()
    },
  )
