import { type AppointmentLetter, type AppointmentTemplate, type Language, oneLine } from './model'
import { money, whenInShort } from './model-when'
import { wordsIn } from './model-words'

/** What a business says instead of us: the subject, and the words before the facts. */
export type Custom = { subject: string; words: string }

export const placeholders = ['name', 'service', 'provider', 'business', 'when', 'price'] as const
type Placeholder = (typeof placeholders)[number]

const named = /\{([^{}\n]{0,40})\}/g

/** What stands in braces and means nothing to us. */
export const unknownPlaceholders = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(named)]
      .map(([, name = '']) => name)
      .filter((name) => !placeholders.some((known) => known === name)),
  ),
]

export function fillIn(text: string, letter: AppointmentLetter): string {
  const { language, price } = letter
  const values: Record<Placeholder, () => string> = {
    name: () => oneLine(letter.reader.name),
    service: () => letter.service,
    provider: () => letter.provider,
    business: () => letter.brand.name,
    when: () => whenInShort(letter.startTime, letter.timeZone, language),
    price: () => money(price.amount, price.currency, language),
  }
  return text.replace(named, (all, name: string) =>
    Object.hasOwn(values, name) ? values[name as Placeholder]() : all,
  )
}

/** Our own words, as somebody would write them who began to change them. */
export function ourWords(template: AppointmentTemplate, language: Language): Custom {
  const words = wordsIn[language]
  const said = {
    appointment_requested: { ...words.requested, text: words.requested.words },
    appointment_confirmed: { ...words.confirmed, text: words.confirmed.words },
    appointment_declined: { ...words.declined, text: words.declined.by.business },
    appointment_reminder: { ...words.reminder, text: words.reminder.words },
    appointment_cancelled: { ...words.cancelled, text: words.cancelled.by.business },
    appointment_rescheduled: { ...words.rescheduled, text: words.rescheduled.words },
  }[template]
  return {
    subject: said.subject('{service}', '{when}'),
    words: `${words.hello('{name}')}\n\n${said.text('{business}')}`,
  }
}

/** A letter about nobody, to look at. */
export const sampleLetter = (
  template: AppointmentTemplate,
  language: Language,
  {
    brand,
    timeZone,
    currency,
    now,
  }: Pick<AppointmentLetter, 'brand' | 'timeZone'> & { currency: string; now: number },
): AppointmentLetter => {
  const hour = 3_600_000
  const start = Math.ceil(now / hour) * hour + 72 * hour
  const at = (ms: number) => new Date(ms).toISOString()
  const times = { startTime: at(start), endTime: at(start + hour) }
  return {
    ...times,
    template,
    language,
    brand,
    timeZone,
    reader: { name: 'Ada Lovelace', timeZone: null },
    service: wordsIn[language].facts.service,
    provider: 'Grace Hopper',
    price: { amount: 4500, currency },
    policy: { freeUntilHours: 24, lateFeePercent: 50 },
    previous:
      template === 'appointment_rescheduled'
        ? { startTime: at(start - hour), endTime: times.startTime }
        : null,
    cancelled: template === 'appointment_cancelled' ? { by: 'business', reason: null, fee: 0 } : null,
    declined: template === 'appointment_declined' ? { by: 'business', reason: null } : null,
    sameGo: [],
    manageUrl: brand.url,
    choicesUrl: brand.url,
    custom: null,
  }
}
