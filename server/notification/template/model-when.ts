import type { Language } from './model'

type Times = { startTime: string; endTime: string }

const dated = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const

const offsetAt = (at: number, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  return (parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT').replace(/^GMT$/, 'GMT+00:00')
}

const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')

const named: Record<Language, (place: string, offset: string) => string> = {
  en: (place, offset) => `${place} time (${offset})`,
  de: (place, offset) => `Ortszeit ${place} (${offset})`,
}

/** When it is, where it happens: a day, a time from to, and whose clock that is. */
export function whenThere({ startTime, endTime }: Times, timeZone: string, language: Language): string[] {
  const [from, to] = [Date.parse(startTime), Date.parse(endTime)]
  const [before, after] = [offsetAt(from, timeZone), offsetAt(to, timeZone)]
  const format = new Intl.DateTimeFormat(language, { ...dated, timeZone })
  if (before === after)
    return [plain(format.formatRange(from, to)), named[language](placeOf(timeZone), before)]
  // The clocks change meanwhile, and may show the same twice: each end with its own offset.
  const end = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone }).format(to)
  return [
    plain(`${format.format(from)} – ${end}`),
    named[language](placeOf(timeZone), `${before} → ${after}`),
  ]
}

/** The same by the reader's clock; nothing where that shows the same. */
export function whenForReader(
  times: Times,
  timeZone: string,
  reader: string | null,
  language: Language,
): string[] {
  if (!reader) return []
  const same = [times.startTime, times.endTime].every(
    (at) => offsetAt(Date.parse(at), timeZone) === offsetAt(Date.parse(at), reader),
  )
  return same ? [] : whenThere(times, reader, language)
}

/** A day and a time in few words, for subjects. */
export const whenInShort = (at: string, timeZone: string, language: Language): string =>
  plain(
    new Intl.DateTimeFormat(language, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: 'numeric',
      minute: '2-digit',
      timeZone,
    }).format(Date.parse(at)),
  )

export function money(amount: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency })
  return plain(format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2)))
}

/** Thin and narrow spaces are shown as boxes by some mail programs. */
const plain = (text: string): string => text.replace(/[\u2009\u202f\u00a0]/g, ' ')
