import { online } from '@/server/location/venue/model-place'
import { calledOf, joinOf, locationOf } from '@/server/location/venue/model-told'
import {
  type AccountLetter,
  type AppointmentLetter,
  type Block,
  type Letter,
  oneLine,
  type Sheet,
  type WaitingLetter,
} from './model'
import { fillIn, type OwnableLetter } from './model-custom'
import { money, whenForReader, whenInShort, whenThere } from './model-when'
import { wordsIn } from './model-words'

/** What a letter says, in its language. Pure: a preview and the mail itself are made alike. */
export const sheetOf = (letter: Letter): Sheet =>
  'startTime' in letter
    ? inOwnWords(letter, appointmentSheet(letter))
    : 'offer' in letter
      ? inOwnWords(letter, waitingSheet(letter))
      : accountSheet(letter)

/** The business's words instead of our greeting and our first sentence; what follows is facts, and stays. */
function inOwnWords(letter: OwnableLetter, sheet: Sheet): Sheet {
  const { custom } = letter
  if (!custom || !isMeant(letter)) return sheet
  const paragraphs = fillIn(custom.words, letter).split(/\n\s*\n/)
  return {
    ...sheet,
    subject: oneLine(fillIn(custom.subject, letter)),
    blocks: [...paragraphs.map((text) => say(text.trim())), ...sheet.blocks.slice(2)],
  }
}

/** Whether it is what they wrote their words for: what they did themselves, and a time that is another one. */
function isMeant(letter: OwnableLetter): boolean {
  switch (letter.template) {
    case 'appointment_cancelled':
      return letter.cancelled?.by === 'business'
    case 'appointment_declined':
      return letter.declined?.by === 'business'
    case 'appointment_rescheduled':
      return !staysInTime(letter)
    default:
      return true
  }
}

function appointmentSheet(letter: AppointmentLetter): Sheet {
  const { language, brand, timeZone, service, startTime } = letter
  const words = wordsIn[language]
  const short = whenInShort(startTime, timeZone, language)
  const common = {
    language,
    brand,
    why: words.whyBooking(brand.name),
    choices: { label: words.choices, url: letter.choicesUrl },
    preview: `${short} · ${letter.provider}`,
  }
  const hello: Block = { kind: 'words', text: words.hello(oneLine(letter.reader.name)) }
  const manage = goThere(letter)
  const policy: Block = { kind: 'note', text: policyOf(letter) }
  switch (letter.template) {
    case 'appointment_requested':
      return {
        ...common,
        subject: oneLine(words.requested.subject(service, short)),
        heading: letter.previous ? words.requested.headingMoved : words.requested.heading,
        tone: 'plain',
        blocks: [hello, say(words.requested.words(brand.name)), factsOf(letter), manageOf(letter), policy],
      }
    case 'appointment_declined':
      return {
        ...common,
        subject: oneLine(words.declined.subject(service, short)),
        heading: words.declined.heading,
        tone: 'bad',
        blocks: [hello, ...refusal(letter), factsOf(letter), again(letter)],
      }
    case 'appointment_reminder':
      return {
        ...common,
        subject: oneLine(words.reminder.subject(service, short)),
        heading: words.reminder.heading,
        tone: 'plain',
        blocks: [hello, say(words.reminder.words(brand.name)), factsOf(letter), ...manage, policy],
      }
    case 'appointment_confirmed':
      return {
        ...common,
        subject: oneLine(words.confirmed.subject(service, short)),
        heading: words.confirmed.heading,
        tone: 'good',
        blocks: [
          hello,
          say(words.confirmed.words(brand.name)),
          factsOf(letter),
          ...manage,
          policy,
          { kind: 'link', label: words.follow(brand.name), url: letter.feedUrl },
        ],
      }
    case 'appointment_rescheduled':
      return {
        ...common,
        subject: oneLine(words.rescheduled.subject(service, short)),
        heading: staysInTime(letter) ? words.rescheduled.headingPlace : words.rescheduled.heading,
        tone: 'plain',
        blocks: [
          hello,
          ...(staysInTime(letter) ? [] : [say(words.rescheduled.words(brand.name))]),
          ...elsewhere(letter),
          factsOf(letter),
          ...manage,
          policy,
        ],
      }
    case 'appointment_cancelled':
      return {
        ...common,
        subject: oneLine(words.cancelled.subject(service, short)),
        heading: words.cancelled.heading,
        tone: 'bad',
        blocks: [hello, ...cancellation(letter), factsOf(letter), again(letter)],
      }
  }
}

const manageOf = ({ language, manageUrl }: AppointmentLetter, kind: 'button' | 'link' = 'button'): Block => ({
  kind,
  label: wordsIn[language].manage,
  url: manageUrl,
})

/** How one gets there: in by the door, or into the meeting, whose button then comes first. */
function goThere(letter: AppointmentLetter): Block[] {
  const { language, place, brand } = letter
  const words = wordsIn[language]
  const manage = manageOf(letter)
  if (place?.kind === 'venue') return [...(place.access ? [say(words.gettingIn(place.access))] : []), manage]
  const join = joinOf(place)
  if (join) return [{ kind: 'button', label: words.join, url: join }, manageOf(letter, 'link')]
  return place ? [say(words.linkFollows(brand.name)), manage] : [manage]
}

/** Only the place is another one. */
const staysInTime = ({ startTime, previous, place }: AppointmentLetter): boolean =>
  place !== null && previous?.place != null && Date.parse(previous.startTime) === Date.parse(startTime)

/** That the place is another one than before. */
const elsewhere = ({ language, place, previous }: AppointmentLetter): Block[] => {
  const words = wordsIn[language]
  const now = calledOf(place, words.online)
  return previous?.place && now ? [say(words.rescheduled.elsewhere(now))] : []
}

const say = (text: string): Block => ({ kind: 'words', text })

function factsOf(letter: AppointmentLetter): Block {
  const { language, timeZone, reader, previous } = letter
  const words = wordsIn[language].facts
  const struck = ['appointment_cancelled', 'appointment_declined'].includes(letter.template)
  const told = ['appointment_confirmed', 'appointment_requested'].includes(letter.template)
  const all = told ? letter.sameGo : []
  const yours = all.length > 1 ? [] : whenForReader(letter, timeZone, reader.timeZone, language)
  const { amount, currency } = letter.price
  const where = sameEverywhere(all) ? linesOf(letter) : []
  return {
    kind: 'facts',
    facts: [
      ...(previous
        ? [
            {
              name: words.was,
              lines: [
                ...whenThere(previous, timeZone, language),
                ...(previous.place ? [previous.place] : []),
              ],
              struck: true,
            },
          ]
        : []),
      ...(all.length > 1
        ? [{ name: words.when, lines: all.flatMap((t) => eachOf(t, letter)), struck }]
        : [{ name: words.when, lines: whenThere(letter, timeZone, language), struck }]),
      ...(yours.length > 0 ? [{ name: words.yours, lines: yours, struck }] : []),
      ...(where.length > 0 ? [{ name: words.where, lines: where, struck }] : []),
      { name: words.service, lines: [letter.service] },
      { name: words.provider, lines: [letter.provider] },
      ...(amount > 0 ? [{ name: words.price, lines: [money(amount, currency, language)] }] : []),
    ],
  }
}

type Stands = Pick<AppointmentLetter, 'startTime' | 'endTime' | 'place'>

const sameEverywhere = (all: readonly Stands[]): boolean =>
  new Set(all.map(({ place }) => locationOf(place, online))).size < 2

const linesOf = ({ language, place }: Pick<AppointmentLetter, 'language' | 'place'>): string[] =>
  place === null
    ? []
    : place.kind === 'venue'
      ? [place.name, ...place.lines, ...(place.phone ? [place.phone] : [])]
      : [wordsIn[language].online]

/** One of several, with its place where they are not all at one. */
function eachOf(one: Stands, { language, timeZone, sameGo }: AppointmentLetter): string[] {
  const called = sameEverywhere(sameGo) ? null : calledOf(one.place, wordsIn[language].online)
  return [...whenThere(one, timeZone, language), ...(called ? [called] : [])]
}

function policyOf({ language, policy, price }: AppointmentLetter): string {
  const words = wordsIn[language].policy
  if (policy.lateFeePercent === 0 || price.amount === 0) return words.free
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(policy.lateFeePercent / 100)
  return words.fee(
    policy.freeUntilHours,
    percent.replace('\u00a0', ' '),
    money(price.amount, price.currency, language),
  )
}

function cancellation({ language, brand, cancelled, price }: AppointmentLetter): Block[] {
  const words = wordsIn[language].cancelled
  const { by, reason, fee } = cancelled ?? { by: 'system', reason: null, fee: 0 }
  return [
    say(words.by[by](brand.name)),
    ...(reason ? [say(`${words.reason}: ${oneLine(reason, 500)}`)] : []),
    ...(price.amount > 0
      ? [say(fee > 0 ? words.fee(money(fee, price.currency, language)) : words.free)]
      : []),
  ]
}

function refusal({ language, brand, declined }: AppointmentLetter): Block[] {
  const words = wordsIn[language]
  const { by, reason } = declined ?? { by: 'business', reason: null }
  return [
    say(words.declined.by[by](brand.name)),
    ...(reason ? [say(`${words.cancelled.reason}: ${oneLine(reason, 500)}`)] : []),
  ]
}

const again = ({ language, brand }: AppointmentLetter): Block => ({
  kind: 'button',
  label: wordsIn[language].cancelled.again,
  url: brand.url,
})

function waitingSheet(letter: WaitingLetter): Sheet {
  const { language, brand, timeZone, service, offer, url, reader } = letter
  const { waitlist: all, facts, hello } = wordsIn[language]
  const words = all[letter.template.replace('waitlist_', '') as 'joined' | 'offered' | 'lapsed']
  const short = offer ? whenInShort(offer.startTime, timeZone, language) : ''
  const until = offer ? whenInShort(offer.until, reader.timeZone ?? timeZone, language) : ''
  return {
    language,
    brand,
    subject: oneLine(words.subject(service, short)),
    preview: short || service,
    heading: words.heading,
    tone: letter.template === 'waitlist_offered' ? 'good' : 'plain',
    blocks: [
      say(hello(oneLine(reader.name))),
      say(words.words(brand.name, until)),
      {
        kind: 'facts',
        facts: [
          ...(offer ? [{ name: facts.when, lines: whenThere(offer, timeZone, language) }] : []),
          { name: facts.service, lines: [service] },
          ...(offer ? [{ name: facts.provider, lines: [offer.provider] }] : []),
          ...(offer?.place ? [{ name: facts.where, lines: linesOf({ language, place: offer.place }) }] : []),
        ],
      },
      { kind: 'button', label: words.button, url },
    ],
    why: all.why(brand.name),
    choices: { label: wordsIn[language].choices, url: letter.choicesUrl },
  }
}

function accountSheet(letter: AccountLetter): Sheet {
  const { language, brand, minutes, url, reader } = letter
  const words = wordsIn[language]
  const { subject, heading, text, button, why } = accountWords(letter)
  return {
    language,
    brand,
    subject: oneLine(subject),
    preview: oneLine(text),
    heading,
    tone: 'plain',
    blocks: [
      ...(reader.name ? [say(words.hello(oneLine(reader.name)))] : []),
      say(text),
      { kind: 'button', label: button, url },
      ...(minutes ? [{ kind: 'note' as const, text: words.minutes(minutes) }] : []),
    ],
    why,
    choices: null,
  }
}

function accountWords({ template, language, brand, invitation }: AccountLetter) {
  const words = wordsIn[language]
  const whole = ({ words: text, ...rest }: typeof words.verify) => ({ ...rest, text })
  switch (template) {
    case 'verify_address':
      return whole(words.verify)
    case 'magic_link':
      return whole(words.magic)
    case 'reset_password':
      return whole(words.reset)
    case 'password_changed':
      return whole(words.passwordChanged)
    case 'address_changed':
      return whole(words.addressChanged)
    case 'welcome':
      return whole(words.welcome)
    case 'invitation': {
      const { by, role } = invitation ?? { by: brand.name, role: 'client' }
      const { subject, heading, words: text, button, why } = words.invitation
      return {
        subject: subject(by, brand.name),
        heading: heading(brand.name),
        text: text(by, brand.name, words.roles[role] ?? role),
        button,
        why: why(by),
      }
    }
  }
}
