import { isRefusal } from '@/server/core/errors'
import { rfc3339 } from '@/server/core/fields'
import { isDate, MINUTE, parseClock, toInstant } from '@/server/core/time'
import { ruleFrom } from '@/server/scheduling/series/model-entry'

export type Typed = Record<string, string | undefined>
export type Wrong = Record<string, string>

/** What a class is, as it was typed; and which fields could not be understood. */
export function classFrom(typed: Typed) {
  const get = (name: string) => typed[name]?.trim()
  const wrong: Wrong = {}
  const { date = '', time = '' } = typed
  if (!isDate(date)) wrong.date = 'is not a day'
  const minute = parseClock(time)
  if (minute === undefined) wrong.time = 'is not a time'
  const number = (name: string, least: number, most: number): number | undefined => {
    const text = get(name)
    if (!text) return undefined
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    wrong[name] = 'is not a number in range'
  }
  const durationMinutes = number('minutes', 5, 1440)
  const maxBookings = number('places', 1, 1000)
  const repeats = isDate(date) ? ruleFrom(get, date) : { rrule: null, wrong: {} }
  return {
    date,
    time,
    minute: minute ?? 0,
    durationMinutes,
    maxBookings,
    rrule: repeats.rrule,
    wrong: { ...wrong, ...repeats.wrong },
  }
}

export type TypedClass = ReturnType<typeof classFrom>

/** The instants of one time, by the provider's clock. */
export function timesOf({ date, minute, durationMinutes }: TypedClass, timeZone: string, usual: number) {
  const { instant } = toInstant(timeZone, date, minute)
  return { startTime: rfc3339(instant), endTime: rfc3339(instant + (durationMinutes ?? usual) * MINUTE) }
}

/** An answer, or the fields that it was refused for; `null` where no field is to blame. */
export async function attempt<T>(work: Promise<T>): Promise<{ answer: T } | { wrong: Wrong; code: string }> {
  try {
    return { answer: await work }
  } catch (error) {
    if (!isRefusal(error) || error.kind === 'unauthenticated') throw error
    const fields = (error.data.errors as Wrong | undefined) ?? {}
    const provider = error.kind === 'not_found' || error.code === 'not_offered'
    const { code } = error
    if (code === 'other_place' || code === 'place_not_found') return { wrong: { place: code }, code }
    return { wrong: provider ? { provider: 'does not offer it' } : fields, code }
  }
}

/** Fields of a form, carried on from one to the next. */
export const carried = (typed: Typed, names: readonly string[]): [string, string][] =>
  names.flatMap((name) => (typed[name] === undefined ? [] : [[name, typed[name]]]))

export const repeatNames = [
  'repeat',
  'every',
  'end',
  'until',
  'times',
  ...['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].map((code) => `on-${code}`),
]
