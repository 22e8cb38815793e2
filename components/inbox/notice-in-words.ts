import type { Answer } from './answer'
import type { InboxWords } from './words'

/** A notice as its reader is told of it: what happened, to what, and where and when it was said. */
export function noticeInWords(notice: Answer, words: InboxWords, locale: string, zone: string) {
  const { kind, about, away, business, createdAt } = notice
  const date = { weekday: 'short', day: 'numeric', month: 'short' } as const
  const clock = { hour: 'numeric', minute: '2-digit' } as const
  const day = new Intl.DateTimeFormat(locale, { ...date, timeZone: zone })
  const isToday = day.format(Date.parse(createdAt)) === day.format(Date.now())
  const told = new Intl.DateTimeFormat(locale, { ...(isToday ? {} : date), ...clock, timeZone: zone })
  const when = about && [
    new Intl.DateTimeFormat(locale, { ...date, ...clock, timeZone: about.timeZone }).format(
      Date.parse(about.startTime),
    ),
    // Beside a clock of the reader's own, another one has a name.
    ...(about.timeZone === zone ? [] : [about.timeZone.replaceAll('_', ' ')]),
  ]
  return {
    title: words.kinds[kind] ?? words.other,
    about: about
      ? [about.service, about.who, when?.join(', ')].filter(Boolean).join(' · ')
      : away
        ? words.away
        : null,
    business,
    told: told.format(Date.parse(createdAt)),
  }
}
