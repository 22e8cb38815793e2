import { listedProvider } from '@/server/business/provider/list'
import { isRefusal, refuse } from '@/server/core/errors'
import { rfc3339 } from '@/server/core/fields'
import { isDate, parseClock, toInstant } from '@/server/core/time'
import { Wrong } from '@/server/forms'
import { blockTime } from '@/server/scheduling/calendar/block'
import { answerForm } from '../../answer'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'block', '/calendar?open=new', async ({ form, call, businessId, root }) => {
    const providerId = form.get('provider') ?? ''
    const date = form.get('date') ?? ''
    const [from, to] = [parseClock(form.get('from') ?? ''), parseClock(form.get('to') ?? '')]
    if (!isDate(date)) throw new Wrong({ date: 'is not a day' })
    if (from === undefined || to === undefined) throw new Wrong({ time: 'is not a time' })
    const { rules } = await listedProvider.execute({ businessId, providerId }, call)
    const at = (minute: number) => rfc3339(toInstant(rules.timeZone, date, minute).instant)
    const times = { startTime: at(from), endTime: at(to === 0 ? 1440 : to) }
    await blockTime.execute({ businessId, providerId, ...times }, call).catch((error: unknown) => {
      if (!isRefusal(error)) throw error
      if (error.code === 'malformed' || error.code === 'in_the_past') throw new Wrong({ time: 'is over' })
      if (error.code === 'slot_conflict')
        refuse('conflict', 'slot_conflict', {
          errors: { conflicts: clashes(error.data.conflicts, rules.timeZone) },
        })
      throw error
    })
    return `${root}/calendar?${new URLSearchParams({ view: 'day', date, who: providerId })}`
  })

/** The times at which something stands in the way. */
function clashes(conflicts: unknown, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone })
  const listed = conflicts as { startTime: string; endTime: string }[]
  return listed
    .map((c) => `${clock.format(Date.parse(c.startTime))} – ${clock.format(Date.parse(c.endTime))}`)
    .join(', ')
}
