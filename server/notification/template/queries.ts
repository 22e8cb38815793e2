import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import {
  appointment,
  business,
  contact,
  hold,
  messageTemplate,
  provider,
  service,
  waitlist,
} from '@/db/schema'
import type {
  appointmentCancelled,
  appointmentDeclined,
  appointmentRescheduled,
} from '@/server/booking/appointment/events'
import {
  type AppointmentStatus,
  firstUndoable,
  isExpected,
  takesPlace,
} from '@/server/booking/appointment/model'
import { bornWith, statusThen, tenantOfAppointment } from '@/server/booking/appointment/queries'
import { logoPath } from '@/server/business/business/model'
import { config } from '@/server/core/config'
import { resourceToken } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import type { Data } from '@/server/core/events'
import { id } from '@/server/core/fields'
import { type LogRow, open, readAggregate } from '@/server/core/log'
import { bearerOf, members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { isZone } from '@/server/core/zones'
import type { Where } from '@/server/location/venue/model-place'
import { calledOf, type Destination, toldOf } from '@/server/location/venue/model-told'
import { destinationsOf, zoneAt } from '@/server/location/venue/queries'
import { isMust, kindOf } from '../preference/model-choice'
import {
  type AppointmentLetter,
  type Brand,
  type Language,
  languageOf,
  type OwnableTemplate,
  type WaitingLetter,
} from './model'
import { calendarFile, type Invitation } from './model-calendar'
import type { Custom } from './model-custom'
import { wordsIn } from './model-words'

type Facts = {
  letter: Omit<AppointmentLetter, 'template' | 'language' | 'custom'>
  /** The person's, as it is now; null once they were erased. */
  address: string | null
  sequence: number
  at: string
  status: AppointmentStatus | null
  /** The time that stands in a calendar, where another was asked for instead and nobody has decided yet. */
  gaveUp: Pick<AppointmentLetter, 'startTime' | 'endTime'> | null
}

const columns = {
  row: appointment,
  mergedInto: contact.mergedInto,
  name: contact.name,
  address: contact.email,
  service: service.name,
  provider: provider.name,
  business: {
    name: business.name,
    slug: business.slug,
    accent: business.accent,
    logo: business.logo,
    language: business.language,
  },
}

/** A booking as it stood when something was said of it, so that a mail that comes late still says what it is about. */
export async function appointmentFacts(
  tx: Tx,
  tenantId: string,
  bookingId: string,
  causeId: string | null = null,
): Promise<Facts | null> {
  const [found] = await tx
    .select(columns)
    .from(appointment)
    .innerJoin(business, eq(business.tenantId, appointment.tenantId))
    .innerJoin(service, and(eq(service.tenantId, tenantId), eq(service.id, appointment.serviceId)))
    .innerJoin(provider, and(eq(provider.tenantId, tenantId), eq(provider.id, appointment.providerId)))
    .leftJoin(contact, and(eq(contact.tenantId, tenantId), eq(contact.id, appointment.contactId)))
    .where(and(eq(appointment.tenantId, tenantId), eq(appointment.id, bookingId)))
  const history = await readAggregate(tx, tenantId, 'booking.appointment', bookingId)
  const cause = history.find((event) => event.id === causeId) ?? history.at(-1)
  if (!found || !cause) return null
  const { row } = found
  const { PUBLIC_URL } = config()
  const linkTo = (id: string) => `${PUBLIC_URL}/bookings/${id}?token=${resourceToken('appointment', id)}`
  const status = statusThen(history, cause.version)
  const moved = moveOf(history, cause)
  // How it was born is told together with all that was, as far as that still stands; what comes later alone.
  const all =
    cause.version < firstUndoable
      ? (await bornWith(tx, row)).filter((one) => one.id === row.id || one.status === status)
      : []
  const then = placeThen(history, cause)
  const venues = await destinationsOf(tx, [then, ...all.map((one) => one.place), beforeThat(moved ?? cause)])
  const { online } = wordsIn[languageOf(history[0]?.metadata.language, found.business.language)]
  const together = all.map((one) => ({
    ...one,
    place: toldOf({ ...one, isExpected: isExpected(one.status) }, venues),
    manageUrl: linkTo(one.id),
  }))
  return {
    letter: {
      ...timesOf(cause),
      ...(await changeOf(tx, cause, moved, venues, online)),
      place: toldOf(
        { place: then, meetingLink: row.meetingLink, isExpected: isExpected(row.status) },
        venues,
      ),
      brand: brandOf(found.business),
      reader: { name: found.name ?? '', timeZone: zoneOf(history) },
      service: found.service,
      provider: found.provider,
      timeZone: zoneThen(history, cause) ?? row.timeZone,
      price: { amount: row.terms.amount, currency: row.terms.currency },
      policy: { freeUntilHours: row.terms.freeUntilHours, lateFeePercent: row.terms.lateFeePercent },
      sameGo: together.length > 1 ? together : [],
      manageUrl: linkTo(row.id),
      choicesUrl: choicesUrl(found.business.slug, found.mergedInto ?? row.contactId),
      feedUrl: clientFeedUrl(tenantId, found.mergedInto ?? row.contactId),
    },
    address: found.address,
    sequence: cause.version,
    at: cause.recorded_at,
    status,
    gaveUp:
      moved && status === 'pending' && statusThen(history, moved.version - 1) === 'confirmed'
        ? previousOf(moved)
        : null,
  }
}

/** What somebody on a waiting list is told, as it stands now. Null where they are gone. */
export async function waitingFacts(
  tx: Tx,
  tenantId: string,
  entryId: string,
): Promise<{ letter: Omit<WaitingLetter, 'template' | 'language' | 'custom'>; address: string } | null> {
  const [found] = await tx
    .select({
      row: waitlist,
      recipientId: sql<string>`coalesce(${contact.mergedInto}, ${contact.id})`,
      name: contact.name,
      address: contact.email,
      service: service.name,
      business: { name: business.name, slug: business.slug, accent: business.accent, logo: business.logo },
      timeZone: business.timeZone,
    })
    .from(waitlist)
    .innerJoin(business, eq(business.tenantId, waitlist.tenantId))
    .innerJoin(service, and(eq(service.tenantId, tenantId), eq(service.id, waitlist.serviceId)))
    .innerJoin(contact, and(eq(contact.tenantId, tenantId), eq(contact.id, waitlist.contactId)))
    .where(and(eq(waitlist.tenantId, tenantId), eq(waitlist.id, entryId)))
  if (!found?.address) return null
  const { row, name, address, service: serviceName } = found
  const [held] = row.offer
    ? await tx
        .select({ endsAt: hold.endsAt, name: provider.name, timeZone: provider.timeZone, place: hold.place })
        .from(hold)
        .innerJoin(provider, and(eq(provider.tenantId, tenantId), eq(provider.id, hold.providerId)))
        .where(and(eq(hold.tenantId, tenantId), eq(hold.id, row.offer.holdId)))
    : []
  const venues = await destinationsOf(tx, [held?.place])
  const { PUBLIC_URL } = config()
  const [first] = await readAggregate(tx, tenantId, 'booking.waitlist', entryId)
  return {
    address,
    letter: {
      brand: brandOf(found.business),
      reader: { name: name ?? '', timeZone: first ? zoneOf([first]) : null },
      service: serviceName,
      timeZone: await zoneAt(tx, held?.place, held?.timeZone ?? found.timeZone),
      offer:
        row.offer && held
          ? {
              startTime: row.offer.startTime,
              endTime: held.endsAt.toISOString(),
              provider: held.name,
              until: row.offer.expiresAt,
              place: toldOf({ place: held.place, meetingLink: null, isExpected: false }, venues),
            }
          : null,
      url: `${PUBLIC_URL}/waitlist/${entryId}?token=${resourceToken('waitlist', entryId)}`,
      choicesUrl: choicesUrl(found.business.slug, found.recipientId),
    },
  }
}

const brandOf = (of: { name: string; slug: string; accent: string | null; logo: string | null }): Brand => {
  const { PUBLIC_URL } = config()
  const logo = logoPath(of)
  return {
    name: of.name,
    accent: of.accent,
    logo: logo && PUBLIC_URL + logo,
    url: `${PUBLIC_URL}/b/${of.slug}`,
  }
}

const choicesUrl = (slug: string, contactId: string): string =>
  `${config().PUBLIC_URL}/b/${slug}/mails/${contactId}?token=${resourceToken('preference', contactId)}`

/** It opens all that somebody booked there, so it is told by mail alone: whoever reads that has the address. */
const clientFeedUrl = (businessId: string, contactId: string): string =>
  `${config().PUBLIC_URL}/calendars/client/${businessId}/${contactId}/${resourceToken('client_feed', contactId)}.ics`

/** Where one press in a mail program ends mails of this kind (RFC 8058); null where they have to come. */
export function oneClickFor({
  template,
  choicesUrl,
}: {
  template: string
  choicesUrl: string
}): string | null {
  const kind = kindOf(template)
  if (isMust(kind, 'email')) return null
  const url = new URL(choicesUrl)
  url.pathname += '/end'
  url.searchParams.set('kind', kind ?? '')
  return url.href
}

/** Where whoever booked was, as their browser said. */
const zoneOf = ([first]: readonly LogRow[]): string | null => {
  const zone = first?.metadata.timeZone
  return zone && isZone(zone) ? zone : null
}

const timesOf = ({ data }: LogRow) => ({ startTime: String(data.startTime), endTime: String(data.endTime) })

/** What the booking's events said last, until one of them. */
const saidThen = (history: readonly LogRow[], cause: LogRow, name: string): unknown =>
  history.findLast((event) => event.version <= cause.version && event.data[name] !== undefined)?.data[name]

const placeThen = (history: readonly LogRow[], cause: LogRow): Where | null =>
  (saidThen(history, cause, 'place') as Where | null | undefined) ?? null

const zoneThen = (history: readonly LogRow[], cause: LogRow): string | null =>
  (saidThen(history, cause, 'timeZone') as string | undefined) ?? null

/** Where it was before it moved, where that is another place. */
function beforeThat({ data }: LogRow): Where | null {
  const { place, previousPlace } = data as { place?: Where | null; previousPlace?: Where | null }
  return previousPlace === undefined || previousPlace === place ? null : previousPlace
}

/** The move that is told of: the cause itself, or what the question that it is follows from. */
function moveOf(history: readonly LogRow[], cause: LogRow): LogRow | undefined {
  const asked = cause.type === 'booking.appointment.approval_requested.v1'
  const move = asked ? history.find((event) => event.version === cause.version - 1) : cause
  return move?.type === 'booking.appointment.rescheduled.v1' ? move : undefined
}

const previousOf = ({ data }: LogRow) => {
  const { previousStartTime, previousEndTime } = data as Data<typeof appointmentRescheduled>
  return { startTime: previousStartTime, endTime: previousEndTime }
}

type Change = Pick<AppointmentLetter, 'previous' | 'cancelled' | 'declined'>

async function changeOf(
  tx: Tx,
  cause: LogRow,
  moved: LogRow | undefined,
  venues: ReadonlyMap<Where, Destination>,
  online: string,
): Promise<Change> {
  const change: Change = { previous: null, cancelled: null, declined: null }
  if (moved) {
    const was = toldOf({ place: beforeThat(moved), meetingLink: null, isExpected: false }, venues)
    change.previous = { ...previousOf(moved), place: calledOf(was, online) }
  }
  if (cause.type === 'booking.appointment.cancelled.v1') {
    const said = cause.data as Data<typeof appointmentCancelled>
    const { cancelledBy: by, feeAmount: fee } = said
    // What clients say of their reasons is for the business.
    const reason = by === 'business' ? (await open(tx, cause))?.data.reason : null
    change.cancelled = { by, reason: typeof reason === 'string' ? reason : null, fee }
  }
  if (cause.type === 'booking.appointment.declined.v1') {
    const said = (await open(tx, cause))?.data as Data<typeof appointmentDeclined> | undefined
    if (said) change.declined = { by: said.declinedBy, reason: said.reason }
  }
  return change
}

/** How whoever booked reads: what their browser said then, else what the business speaks. */
export async function readerLanguage(
  tx: Tx,
  tenantId: string,
  bookingId: string,
  type = 'booking.appointment',
): Promise<Language> {
  const [first] = await readAggregate(tx, tenantId, type, bookingId)
  const [found] = await tx
    .select({ language: business.language })
    .from(business)
    .where(eq(business.tenantId, tenantId))
  return languageOf(first?.metadata.language, found?.language)
}

const inCalendars = (status: AppointmentStatus | null): Invitation['status'] =>
  status === 'pending' ? 'TENTATIVE' : status && takesPlace(status) ? 'CONFIRMED' : 'CANCELLED'

export function invitationOf<M extends Invitation['method']>(
  bookingId: string,
  facts: Facts,
  method: M,
  language: Language,
): Invitation & { method: M } {
  const { service, provider, brand, manageUrl, reader } = facts.letter
  const { startTime, endTime } = (method === 'CANCEL' && facts.gaveUp) || facts.letter
  return {
    method,
    status: method === 'CANCEL' ? 'CANCELLED' : inCalendars(facts.status),
    bookingId,
    sequence: facts.sequence,
    at: facts.at,
    startTime,
    endTime,
    service,
    provider,
    business: brand.name,
    organiser: config().MAIL_FROM,
    attendee: facts.address ? { name: reader.name, address: facts.address } : null,
    manageUrl,
    also: [],
    manageLabel: wordsIn[language].manage,
    place: facts.letter.place,
    words: wordsIn[language],
  }
}

/** The calendar file of a booking, for whoever holds its link or runs the business. */
export const bookingCalendar = query({
  name: 'notification.template.booking_calendar',
  input: z.strictObject({ id }),
  may: bearerOf('appointment', 'owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  resource: ({ id }) => id,
  run: async (tx, input, { tenantId }) => {
    const facts = await appointmentFacts(tx, tenantId, input.id)
    if (!facts) return refuse('not_found')
    const language = await readerLanguage(tx, tenantId, input.id)
    return { file: calendarFile(invitationOf(input.id, facts, 'PUBLISH', language)) }
  },
})

export async function ownTemplate(tx: Tx, template: OwnableTemplate, language: Language) {
  const [row] = await tx
    .select()
    .from(messageTemplate)
    .where(and(eq(messageTemplate.template, template), eq(messageTemplate.language, language)))
  return row ?? null
}

/** What this business says instead of us; null where it says what we do. */
export async function customOf(
  tx: Tx,
  template: OwnableTemplate,
  language: Language,
): Promise<Custom | null> {
  const own = await ownTemplate(tx, template, language)
  return own?.subject && own.words ? { subject: own.subject, words: own.words } : null
}

/** What a business says in its own words, of all that it may. */
export const listTemplates = query({
  name: 'notification.template.list',
  input: z.strictObject({ businessId: id }),
  may: members('owner', 'admin'),
  run: async (tx) => {
    const rows = await tx.select().from(messageTemplate)
    const templates = rows.flatMap(({ template, language, subject, words }) =>
      subject && words ? [{ template, language, subject, words }] : [],
    )
    return { templates }
  },
})
