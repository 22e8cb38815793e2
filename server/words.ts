import { readTerms } from '@/server/booking/appointment/model-terms'
import { shownPrice } from '@/server/business/service/model-price'
import type { RefusalData } from '@/server/core/errors'
import { german } from './words-de'

export type Words = { title: string; detail: (data: RefusalData) => string }

const at = (value: unknown) => (typeof value === 'string' ? value : 'a moment that is named in the answer')

const termsNow = ({ terms }: RefusalData): string => {
  const now = readTerms(terms)
  if (!now) return 'They are no longer as you were shown.'
  const price = shownPrice(now.amount, now.currency, 'en')
  return `It costs ${price} now; called off later than ${now.freeUntilHours === 1 ? 'an hour' : `${now.freeUntilHours} hours`} before, ${now.lateFeePercent} % of that is due.`
}

/** Every refusal in words for people: what is wrong, and what to do. One place, so that one thing has one wording. */
const english = {
  malformed: {
    title: 'The request is malformed',
    detail: () => 'Correct the fields named under errors and send it again.',
  },
  unauthenticated: {
    title: 'Sign in first',
    detail: () => 'This needs a session, or the token of the link you were given.',
  },
  forbidden: {
    title: 'Not with this role',
    detail: () => 'Ask an owner or admin of the business to do it, or to give you the role.',
  },
  not_found: {
    title: 'Not found',
    detail: () => 'It does not exist, or it is not yours to see. Check the address.',
  },
  method: {
    title: 'Not that way',
    detail: () => 'This address does not take that method. See /api/openapi.json.',
  },
  media_type: { title: 'Not that format', detail: () => 'Send the body as application/json.' },
  too_large: { title: 'Too large', detail: () => 'Send less at once.' },
  rate_limited: { title: 'Too many requests', detail: (d) => `Try again in ${d.retryAfter ?? 60} seconds.` },
  unavailable: {
    title: 'Not available right now',
    detail: () =>
      'Try again in a moment. A change that was under way may have gone through: look, or repeat it with the same Idempotency-Key.',
  },
  busy: {
    title: 'Too busy',
    detail: () => 'Many people want the same thing. Nothing was changed; try again in a moment.',
  },
  internal: {
    title: 'Something went wrong',
    detail: () => 'It was recorded. Try again; if it stays, tell us the correlation id.',
  },
  origin: { title: 'Not from there', detail: () => 'Changes are taken only from this site itself.' },
  wrong_state: {
    title: 'Not in this state',
    detail: (d) =>
      d.state
        ? `It is ${d.state}; this is possible only while it is ${(d.allowedFrom as string[]).join(' or ')}.`
        : 'What you asked for is not possible in the state it is in now.',
  },
  wrong_credentials: {
    title: 'Not these two together',
    detail: () => 'Check the address and the password. We do not say which of them is wrong.',
  },
  wrong_password: { title: 'Not your password', detail: () => 'Give the password you sign in with now.' },
  no_password: {
    title: 'No password yet',
    detail: () => 'You sign in without one. There is none to change.',
  },
  link_used: {
    title: 'This link does not work any more',
    detail: () => 'It was used, or it ran out. Ask for a new one.',
  },
  account_has_address: {
    title: 'An account has that address',
    detail: () => 'Sign in to that account, or choose another address.',
  },
  passkey_failed: {
    title: 'No passkey was used',
    detail: () => 'Try again, or sign in another way.',
  },
  too_many_passkeys: { title: 'Too many passkeys', detail: () => 'Remove one that you do not use.' },
  sign_in_again: {
    title: 'Sign in again first',
    detail: () => 'You signed in more than a day ago. For this we want to be sure that it is you.',
  },
  invitation_over: {
    title: 'This invitation does not stand any more',
    detail: () => 'It was answered, taken back, or it ran out. Ask for a new one.',
  },
  already_invited: {
    title: 'Invited already',
    detail: () => 'They have a mail with a link that still works.',
  },
  too_many_invitations: {
    title: 'Too many open invitations',
    detail: () => 'Take one back, or wait until they are answered.',
  },
  no_such_account: {
    title: 'Nobody with that address',
    detail: () => 'They sign up first; then repeat this.',
  },
  already_exists: { title: 'There is one already', detail: () => 'Change the existing one instead.' },
  idempotency_key_reused: {
    title: 'Sent before, and it was different then',
    detail: () =>
      'What was sent first was done, and nothing of this. Look at it, then send this again; programs send a new Idempotency-Key with a new request, and repeat a request with its own key and the same body.',
  },
  slot_taken: {
    title: 'Someone was faster',
    detail: () => 'That time is taken. Choose one of the alternatives.',
  },
  busy_elsewhere: {
    title: 'Busy elsewhere',
    detail: () =>
      'A calendar elsewhere says that they are busy then. Book it anyway, or choose another time.',
  },
  already_connected: {
    title: 'It is connected already',
    detail: () => 'That calendar counts for this provider as it is.',
  },
  too_many_calendars: {
    title: 'Enough calendars',
    detail: () => 'Disconnect one that is no longer needed first.',
  },
  just_read: {
    title: 'It has just been read',
    detail: () => 'Try again in half a minute.',
  },
  slot_conflict: {
    title: 'It clashes',
    detail: () =>
      'The provider is not free then. The conflicts are listed; choose another time or free that one.',
  },
  seats_taken: {
    title: 'More are booked',
    detail: (d) => `${d.taken ?? 'More'} places are taken already. Choose at least as many.`,
  },
  preview_changed: {
    title: 'It is no longer as you saw it',
    detail: () => 'Somebody booked or changed something meanwhile. Look again at what would happen.',
  },
  breaks_bookings: {
    title: 'Bookings would no longer fit',
    detail: (d) =>
      `Bookings that would no longer fit: ${d.bookings ?? 'several'}. Look at the preview and confirm what it shows; they stay booked.`,
  },
  not_written: {
    title: 'Not a written time',
    detail: () => 'It follows from the hours and the service. Change those, or move the bookings.',
  },
  push_address: {
    title: 'Not a push service',
    detail: () => 'Browsers are reached by https, through a service on the open internet.',
  },
  outside_hours: {
    title: 'Outside the hours',
    detail: () => 'The provider does not work then. Ask for the available times.',
  },
  place_not_found: {
    title: 'No such place',
    detail: () => 'It is not, or no longer, a place of this business.',
  },
  place_in_use: {
    title: 'Hours or classes name it',
    detail: ({ providers }) =>
      `Choose another place there first: ${Array.isArray(providers) ? providers.join(', ') : ''}.`,
  },
  other_place: {
    title: 'This is given elsewhere',
    detail: () => 'At that time it is not given there. Ask for the available times.',
  },
  off_grid: {
    title: 'Not a time on offer',
    detail: () => 'Times begin at fixed steps. Ask for the available times.',
  },
  in_the_past: { title: 'That time has passed', detail: () => 'Choose a time in the future.' },
  too_soon: {
    title: 'Too soon',
    detail: (d) => `Notice is needed: the first time that can be booked is after ${at(d.limit)}.`,
  },
  too_far: { title: 'Too far ahead', detail: (d) => `Times can be booked up to ${at(d.limit)}.` },
  not_offered: { title: 'No longer offered', detail: () => 'Choose another service or provider.' },
  too_many_holds: {
    title: 'Too many times held',
    detail: (d) => `You hold ${d.limit ?? 'several'} times. Book or release one first.`,
  },
  held_too_often: {
    title: 'Held too often without booking it',
    detail: (d) =>
      `This time was held several times and not booked. Book it now without holding it, choose another, or hold it again in ${d.minutes ?? 60} minutes.`,
  },
  hold_expired: {
    title: 'The hold ran out',
    detail: () => 'The time was given back. Choose it again if it is still free.',
  },
  terms_changed: {
    title: 'Price or terms have changed',
    detail: (d) => `${termsNow(d)} Nothing was booked: look at it, and send it again if it suits you.`,
  },
  some_taken: {
    title: 'Not all of these times are free',
    detail: () => 'Nothing was booked. Choose others for those named under conflicts, or leave them out.',
  },
  too_many_waiting: {
    title: 'Enough waiting',
    detail: (d) => `You wait for ${d.limit} things already. Leave one of those lists first.`,
  },
  too_late_to_undo: {
    title: 'Too late to undo',
    detail: () => 'It stands, and those it concerns have been told. Make another change instead.',
  },
  not_begun: {
    title: 'It has not begun',
    detail: () => 'Whether somebody came can be said once the appointment has begun.',
  },
  already_begun: {
    title: 'It has begun',
    detail: () => 'An appointment that has begun can no longer be cancelled by link. Call the business.',
  },
  began_lately: {
    title: 'It has begun',
    detail: () => 'That time has begun. Say that you mean it (`override`) to write it down all the same.',
  },
  too_late_to_move: {
    title: 'Too late to move',
    detail: (d) => `By its terms it could be moved until ${at(d.limit)}.`,
  },
  move_not_offered: {
    title: 'No longer offered at other times',
    detail: () => 'Your booking stands as it is. Call the business to move it.',
  },
  address_taken: { title: 'That address is taken', detail: () => 'Choose another address for the page.' },
  merged_away: {
    title: 'Known as somebody else',
    detail: () => 'This entry was merged into another one. Change that one, or separate them first.',
  },
  empty_list: { title: 'Nothing in it', detail: () => 'Choose a file with at least one line of people.' },
  list_too_long: {
    title: 'Too many lines',
    detail: (d) => `Take over ${d.limit} people at a time: split the file.`,
  },
  name_column_needed: { title: 'Which column is the name?', detail: () => 'Choose a column for the name.' },
  same_person: { title: 'The same entry', detail: () => 'Choose two different entries.' },
  last_owner: { title: 'The last owner', detail: () => 'Make somebody else an owner first.' },
  service_not_found: { title: 'No such service', detail: () => 'Name services of this business.' },
  service_needed: {
    title: 'Which service?',
    detail: () => 'The provider has several. Say which with serviceId.',
  },
  conflict: {
    title: 'Something else changed it',
    detail: () => 'It is no longer as you saw it. Look again, then decide.',
  },
  past_retention: {
    title: 'Too long ago',
    detail: () => 'What happened then is no longer kept.',
  },
  event_type_unknown: {
    title: 'No such event type',
    detail: () => 'The known types are listed at /api/events/schemas.',
  },
} satisfies Record<string, Words>

export type Code = keyof typeof english
export const words: Record<'en' | 'de', Record<Code, Words>> = { en: english, de: german }

export const isCode = (code: string): code is Code => Object.hasOwn(english, code)

export const wordsFor = (code: string, language: 'en' | 'de' = 'en'): Words =>
  words[language][isCode(code) ? code : 'internal']
