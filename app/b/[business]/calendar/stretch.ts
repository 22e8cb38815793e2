import { isRefusal, refuse } from '@/server/core/errors'
import { rfc3339 } from '@/server/core/fields'
import { addDays, formatClock, isDate, MINUTE, parseClock, toInstant, toLocal } from '@/server/core/time'
import { type Form, Wrong } from '@/server/forms'

type Stretch = { startTime: string; endTime: string }

/** A day and a clock time as they were typed. */
export function instantFrom(form: Form, timeZone: string, day: string, clock: string, end = false): string {
  const date = form.get(day) ?? ''
  const minute = parseClock(form.get(clock) ?? '')
  if (!isDate(date)) throw new Wrong({ date: 'is not a day' })
  if (minute === undefined) throw new Wrong({ time: 'is not a time' })
  return rfc3339(toInstant(timeZone, date, end && minute === 0 ? 1440 : minute).instant)
}

/** From and to of a day, or from one day to another. Midnight at its end is the end of the last day. */
export const stretchFrom = (form: Form, timeZone: string) => ({
  startTime: instantFrom(form, timeZone, 'date', 'from'),
  endTime: instantFrom(form, timeZone, form.get('until') ? 'until' : 'date', 'to', true),
})

/** A stretch as it would be typed. */
export function typedStretch(timeZone: string, { startTime, endTime }: Stretch) {
  const begin = toLocal(timeZone, Date.parse(startTime))
  const end = toLocal(timeZone, Date.parse(endTime))
  const last = end.minute === 0 ? addDays(end.date, -1) : end.date
  return {
    date: begin.date,
    from: formatClock(begin.minute),
    to: formatClock(end.minute),
    until: last === begin.date ? '' : last,
  }
}

/** The end after so many minutes, as they were typed; none where nothing was, or where it stays as long as it `was`. */
export function endFrom(form: Form, startTime: string, was?: number): string | undefined {
  const typed = form.get('minutes')?.trim()
  if (!typed) return undefined
  const length = Number(typed) * MINUTE
  if (!Number.isInteger(length) || length > 7 * 1440 * MINUTE) throw new Wrong({ minutes: 'is no length' })
  return length === was ? undefined : rfc3339(Date.parse(startTime) + length)
}

/** Refusals of a stretch as the form says them: at its fields, or with what stands there. */
export function saidInWords<T>(attempt: Promise<T>, timeZone: string): Promise<T> {
  return attempt.catch((error: unknown) => {
    if (!isRefusal(error)) throw error
    if (error.code === 'malformed' || error.code === 'in_the_past') throw new Wrong({ time: 'is over' })
    if (error.code === 'slot_conflict')
      refuse('conflict', 'slot_conflict', { errors: { conflicts: clashes(error.data.conflicts, timeZone) } })
    throw error
  })
}

/** The times at which something stands in the way. */
function clashes(conflicts: unknown, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone })
  const listed = (conflicts ?? []) as Stretch[]
  return listed
    .map((c) => `${clock.format(Date.parse(c.startTime))} – ${clock.format(Date.parse(c.endTime))}`)
    .join(', ')
}
