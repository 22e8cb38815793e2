import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { joinOf, locationOf, type Told } from '@/server/location/venue/model-told'

export type Invitation = {
  /** An invitation, its withdrawal, or a copy for whoever asks. */
  method: 'REQUEST' | 'CANCEL' | 'PUBLISH'
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'
  bookingId: string
  /** The aggregate's version: a calendar shows the highest it has seen. */
  sequence: number
  /** When it was said. */
  at: string
  startTime: string
  endTime: string
  service: string
  provider: string
  business: string
  organiser: string
  attendee: { name: string; address: string } | null
  manageUrl: string
  manageLabel: string
  place: Told | null
  words: { online: string; join: string }
  /** What was booked in the same go, and is told with it. */
  also: { id: string; startTime: string; endTime: string; manageUrl: string; place: Told | null }[]
}

/** One appointment as a calendar program takes it: times in UTC, so that every clock shows the right instant. */
export function calendarFile(invitation: Invitation): string {
  const { method, business, organiser, attendee, manageUrl, provider, place, words } = invitation
  const calendar = ical({ prodId: { company: 'SlotWise', product: 'SlotWise' } })
  calendar.method(ICalCalendarMethod[method])
  const { bookingId: id, startTime, endTime } = invitation
  for (const one of [{ id, startTime, endTime, manageUrl, place }, ...invitation.also]) {
    const join = joinOf(one.place)
    const access = one.place?.kind === 'venue' ? one.place.access : null
    const event = calendar.createEvent({
      id: `${one.id}@slotwise`,
      sequence: invitation.sequence,
      stamp: new Date(invitation.at),
      start: new Date(one.startTime),
      end: new Date(one.endTime),
      summary: `${lines(invitation.service)} – ${lines(business)}`,
      description: [
        lines(provider),
        ...(join ? [`${words.join}: ${join}`] : []),
        ...(access ? [lines(access)] : []),
        `${invitation.manageLabel}: ${one.manageUrl}`,
      ].join('\n'),
      location: lines(locationOf(one.place, words.online) ?? business),
      url: addressed(join ?? one.manageUrl),
      status: ICalEventStatus[invitation.status],
      organizer: { name: quoted(business), email: organiser },
    })
    if (attendee) event.createAttendee({ name: quoted(attendee.name), email: attendee.address, rsvp: false })
  }
  return calendar.toString()
}

/** The library escapes a link as if it were text: what it would change is written as the link itself may write it. */
export const addressed = (url: string): string => url.replaceAll(',', '%2C').replaceAll(';', '%3B')

/** A bare carriage return would begin a new line of the file, which is a new field. */
const lines = (text: string): string => text.replace(/\r\n?/g, '\n')

/** A parameter's value has no escapes: quotes and line ends cannot be in one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const quoted = (name: string): string => name.replace(/[\u0000-\u001f\u007f"]+/g, ' ').trim()
