import { contactWords } from '@/components/contact/words'
import type { Draft } from '@/server/forms'
import { type Desk, draftFor } from '../desk'

export const clientWords = ({ language }: Pick<Desk, 'language'>) => contactWords[language]

/** The form as it was sent, with what is wrong said in the words of these pages. */
export function clientDraft(desk: Desk, name: string, again: string | undefined): Draft | null {
  const draft = draftFor(desk, name, again)
  if (!draft) return null
  const { errors } = clientWords(desk)
  const wrong = Object.entries(draft.wrong).map(([field, why]) => [field, errors[field] ?? why])
  return { ...draft, wrong: Object.fromEntries(wrong) }
}

/** Days and moments by the clock of the business. */
export function clockOf({ locale, business: { timeZone } }: Desk) {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const time = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  })
  return {
    day: (at: string) => day.format(Date.parse(at)),
    moment: (at: string) => moment.format(Date.parse(at)),
    time: (at: string) => time.format(Date.parse(at)),
  }
}
