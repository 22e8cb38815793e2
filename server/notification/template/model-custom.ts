import {
  type AppointmentLetter,
  type AppointmentTemplate,
  appointmentTemplates,
  type Language,
  type OwnableTemplate,
  oneLine,
  type WaitingLetter,
  type WaitingTemplate,
} from './model'
import { money, whenInShort } from './model-when'
import { wordsIn } from './model-words'

/** What a business says instead of us: the subject, and the words before the facts. */
export type Custom = { subject: string; words: string }

export type OwnableLetter = AppointmentLetter | WaitingLetter

const placeholders = ['name', 'service', 'provider', 'business', 'when', 'price', 'until'] as const
export type Placeholder = (typeof placeholders)[number]

/** What is known when a letter of this kind is written: of a place that nobody has yet there is no time to name. */
export const placeholdersOf = (template: OwnableTemplate): Placeholder[] => {
  if (template === 'waitlist_offered') return placeholders.filter((name) => name !== 'price')
  return template.startsWith('waitlist_')
    ? ['name', 'service', 'business']
    : placeholders.filter((name) => name !== 'until')
}

const named = /\{([^{}\n]{0,40})\}/g

/** What stands in braces and means nothing in such a letter. */
export const unknownPlaceholders = (template: OwnableTemplate, text: string): string[] => [
  ...new Set(
    [...text.matchAll(named)]
      .map(([, name = '']) => name)
      .filter((name) => !placeholdersOf(template).some((known) => known === name)),
  ),
]

export function fillIn(text: string, letter: OwnableLetter): string {
  const values = 'startTime' in letter ? ofAppointment(letter) : ofWaiting(letter)
  return text.replace(named, (all, name: string) => {
    const known = placeholdersOf(letter.template).find((one) => one === name)
    return (known && values[known]?.()) ?? all
  })
}

type Values = Partial<Record<Placeholder, () => string | undefined>>

const ofBoth = ({ reader, service, brand }: OwnableLetter): Values => ({
  name: () => oneLine(reader.name),
  service: () => service,
  business: () => brand.name,
})

const ofAppointment = (letter: AppointmentLetter): Values => ({
  ...ofBoth(letter),
  provider: () => letter.provider,
  when: () => whenInShort(letter.startTime, letter.timeZone, letter.language),
  price: () => money(letter.price.amount, letter.price.currency, letter.language),
})

const ofWaiting = (letter: WaitingLetter): Values => {
  const { offer, language, timeZone, reader } = letter
  return {
    ...ofBoth(letter),
    provider: () => offer?.provider,
    when: () => offer?.startTime && whenInShort(offer.startTime, timeZone, language),
    until: () => offer?.until && whenInShort(offer.until, reader.timeZone ?? timeZone, language),
  }
}

/** Our own words, as somebody would write them who began to change them. */
export function ourWords(template: OwnableTemplate, language: Language): Custom {
  const words = wordsIn[language]
  const { joined, offered, lapsed } = words.waitlist
  const said = {
    appointment_requested: { ...words.requested, text: words.requested.words },
    appointment_confirmed: { ...words.confirmed, text: words.confirmed.words },
    appointment_declined: { ...words.declined, text: words.declined.by.business },
    appointment_reminder: { ...words.reminder, text: words.reminder.words },
    appointment_cancelled: { ...words.cancelled, text: words.cancelled.by.business },
    appointment_rescheduled: { ...words.rescheduled, text: words.rescheduled.words },
    waitlist_joined: { ...joined, text: joined.words },
    waitlist_offered: { ...offered, text: (business: string) => offered.words(business, '{until}') },
    waitlist_lapsed: { ...lapsed, text: lapsed.words },
  }[template]
  return {
    subject: said.subject('{service}', '{when}'),
    words: `${words.hello('{name}')}\n\n${said.text('{business}')}`,
  }
}

type Place = Pick<AppointmentLetter, 'brand' | 'timeZone'> & { currency: string; now: number }

/** A letter about nobody, to look at. */
export const sampleLetter = (template: OwnableTemplate, language: Language, place: Place): OwnableLetter => {
  const about = appointmentTemplates.find((known) => known === template)
  if (about) return sampleAppointment(about, language, place)
  const { brand, timeZone, provider, startTime, endTime, service, reader, choicesUrl } = sampleAppointment(
    'appointment_confirmed',
    language,
    place,
  )
  const until = new Date(Date.parse(startTime) - 71 * 3_600_000).toISOString()
  return {
    template: template as WaitingTemplate,
    language,
    brand,
    timeZone,
    reader,
    service,
    offer: template === 'waitlist_offered' ? { startTime, endTime, provider, until, place: null } : null,
    url: brand.url,
    choicesUrl,
    custom: null,
  }
}

const sampleAppointment = (
  template: AppointmentTemplate,
  language: Language,
  { brand, timeZone, currency, now }: Place,
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
    place: null,
    reader: { name: 'Ada Lovelace', timeZone: null },
    service: wordsIn[language].facts.service,
    provider: 'Grace Hopper',
    price: { amount: 4500, currency },
    policy: { freeUntilHours: 24, lateFeePercent: 50 },
    previous:
      template === 'appointment_rescheduled'
        ? { startTime: at(start - hour), endTime: times.startTime, place: null }
        : null,
    cancelled: template === 'appointment_cancelled' ? { by: 'business', reason: null, fee: 0 } : null,
    declined: template === 'appointment_declined' ? { by: 'business', reason: null } : null,
    sameGo: [],
    manageUrl: brand.url,
    choicesUrl: brand.url,
    feedUrl: brand.url,
    custom: null,
  }
}
