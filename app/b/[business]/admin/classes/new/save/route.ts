import { type Form, Wrong } from '@/server/forms'
import { createSeries } from '@/server/scheduling/series/create'
import { previewNewSeries } from '@/server/scheduling/series/preview'
import { createSlot } from '@/server/scheduling/slot/create'
import { answerForm } from '../../../answer'
import { classFrom, timesOf } from '../../form'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'class', back, async ({ form, call, businessId, root }) => {
    const typed = Object.fromEntries(form.entries())
    const entered = classFrom(typed)
    if (Object.keys(entered.wrong).length > 0) throw new Wrong(entered.wrong)
    const { date: startDate, time, rrule, durationMinutes, maxBookings } = entered
    const who = { businessId, providerId: typed.provider ?? '', serviceId: typed.service ?? '' }
    const about = { ...who, place: typed.place || undefined }
    if (rrule) {
      const exDates = Object.keys(typed).flatMap((name) => /^out-(.*)$/.exec(name)?.[1] ?? [])
      const series = { ...about, rrule, startDate, time, durationMinutes, maxBookings, exDates }
      await createSeries.execute(series, call)
      return `${root}/classes?view=series&saved=1`
    }
    const single = { ...about, rrule: 'FREQ=DAILY;COUNT=1', startDate, time, durationMinutes }
    const { timeZone, created } = await previewNewSeries.execute(single, call)
    const [only] = created
    const usual = only ? (Date.parse(only.endTime) - Date.parse(only.startTime)) / 60_000 : 60
    const { slotId } = await createSlot.execute(
      { ...about, ...timesOf(entered, timeZone, usual), maxBookings },
      call,
    )
    return `${root}/classes/${slotId}?saved=1`
  })

/** To the same days, as they are now. */
function back(form: Form): string {
  const fields = [...form.entries()].filter(([name]) => name !== 'once' && !name.startsWith('out-'))
  return `/classes/new?${new URLSearchParams([...fields, ['look', '1']])}`
}
