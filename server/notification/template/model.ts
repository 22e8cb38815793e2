import type { Told } from '@/server/location/venue/model-told'

/** Letters as data: what is known goes in, what is said comes out. How it looks is made in components/template. */

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** The reader's language where we speak it, by the first tag that names one. */
export const languageOf = (...wanted: (string | null | undefined)[]): Language => {
  for (const tag of wanted) {
    const found = languages.find((language) => language === tag?.slice(0, 2).toLowerCase())
    if (found) return found
  }
  return 'en'
}

export const appointmentTemplates = [
  'appointment_requested',
  'appointment_confirmed',
  'appointment_declined',
  'appointment_reminder',
  'appointment_cancelled',
  'appointment_rescheduled',
] as const
export const waitingTemplates = ['waitlist_joined', 'waitlist_offered', 'waitlist_lapsed'] as const
/** What a business may say in its own words. */
export const ownableTemplates = [...appointmentTemplates, ...waitingTemplates] as const
export const accountTemplates = [
  'verify_address',
  'magic_link',
  'reset_password',
  'password_changed',
  'address_changed',
  'invitation',
  'welcome',
] as const
export const mailTemplates = [...ownableTemplates, ...accountTemplates] as const
export type AppointmentTemplate = (typeof appointmentTemplates)[number]
export type WaitingTemplate = (typeof waitingTemplates)[number]
export type OwnableTemplate = (typeof ownableTemplates)[number]
export type AccountTemplate = (typeof accountTemplates)[number]
export type MailTemplate = (typeof mailTemplates)[number]

/** In whose name and colours it is written. `url` is where the name leads. */
export type Brand = { name: string; accent: string | null; logo: string | null; url: string }

type Times = { startTime: string; endTime: string }

/** Where its reader says what they want to hear of. */
type Choosing = { choicesUrl: string }

export type AppointmentLetter = Times & {
  template: AppointmentTemplate
  language: Language
  brand: Brand
  reader: { name: string; timeZone: string | null }
  service: string
  provider: string
  /** Where it happens, which is the time that counts on site. */
  timeZone: string
  price: { amount: number; currency: string }
  policy: { freeUntilHours: number; lateFeePercent: number }
  /** Null where no place is told. */
  place: Told | null
  /** `place`: what it was called, where that has changed. */
  previous: (Times & { place: string | null }) | null
  cancelled: { by: 'client' | 'business' | 'system'; reason: string | null; fee: number } | null
  /** Why it was declined, and whether anybody did; null otherwise. */
  declined: { by: 'business' | 'system'; reason: string | null } | null
  /** What was booked in the same go, itself among them, where that is more than one. */
  sameGo: (Times & { id: string; manageUrl: string; place: Told | null })[]
  manageUrl: string
  /** Under which all that they booked there is followed: a secret between us and the address the letter goes to. */
  feedUrl: string
  /** What the business says instead of us. */
  custom: { subject: string; words: string } | null
} & Choosing

export type AccountLetter = {
  template: AccountTemplate
  language: Language
  brand: Brand
  reader: { name: string }
  url: string
  /** How long the link works; null where it does not run out. */
  minutes: number | null
  /** Of an invitation: who invites, and to be what. */
  invitation: { by: string; role: string } | null
}

export type WaitingLetter = {
  template: WaitingTemplate
  language: Language
  brand: Brand
  reader: { name: string; timeZone: string | null }
  service: string
  timeZone: string
  /** The time that is kept, by whom it is given, and until when; null before there is one. */
  offer: (Times & { provider: string; until: string; place: Told | null }) | null
  url: string
  /** What the business says instead of us. */
  custom: { subject: string; words: string } | null
} & Choosing

export type Letter = AppointmentLetter | WaitingLetter | AccountLetter

export type Block =
  | { kind: 'words'; text: string }
  | { kind: 'facts'; facts: { name: string; lines: string[]; struck?: boolean }[] }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'note'; text: string }

/** What a mail says, in order, for every way of showing it. */
export type Sheet = {
  language: Language
  brand: Brand
  subject: string
  /** What the list of mails shows beside the subject. */
  preview: string
  heading: string
  tone: 'good' | 'bad' | 'plain'
  blocks: Block[]
  /** Why it was sent. */
  why: string
  /** Where its reader says what they want to hear of. */
  choices: { label: string; url: string } | null
}

/** One line, without what could end a header or turn the reading direction of what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const breaking = /[\u0000-\u001f\u007f\u0085\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g
export const oneLine = (text: string, most = 200): string => {
  const clean = text.replace(breaking, ' ').replace(/ {2,}/g, ' ').trim()
  return [...clean].length > most ? `${[...clean].slice(0, most - 1).join('')}…` : clean
}
