import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'

export type Invitation = {
  /** An invitation, its withdrawal, or a copy for whoever asks. */
  method: 'REQUEST' | 'CANCEL' | 'PUBLISH'
  cancelled: boolean
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
  /** What was booked in the same go, and is told with it. */
  also: { id: string; startTime: string; endTime: string; manageUrl: string }[]
}

/** One appointment as a calendar program takes it: times in UTC, so that every clock shows the right instant. */
export function calendarFile(invitation: Invitation): string {
  const { method, business, organiser, attendee, manageUrl, provider } = invitation
  const calendar = ical({ prodId: { company: 'SlotWise', product: 'SlotWise' } })
  calendar.method(ICalCalendarMethod[method])
  const { bookingId: id, startTime, endTime } = invitation
  for (const one of [{ id, startTime, endTime, manageUrl }, ...invitation.also]) {
    const event = calendar.createEvent({
      id: `${one.id}@slotwise`,
      sequence: invitation.sequence,
      stamp: new Date(invitation.at),
      start: new Date(one.startTime),
      end: new Date(one.endTime),
      summary: `${lines(invitation.service)} – ${lines(business)}`,
      description: `${lines(provider)}\n${invitation.manageLabel}: ${one.manageUrl}`,
      location: lines(business),
      url: one.manageUrl,
      status: invitation.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      organizer: { name: quoted(business), email: organiser },
    })
    if (attendee) event.createAttendee({ name: quoted(attendee.name), email: attendee.address, rsvp: false })
  }
  return calendar.toString()
}

/** A bare carriage return would begin a new line of the file, which is a new field. */
const lines = (text: string): string => text.replace(/\r\n?/g, '\n')

/** A parameter's value has no escapes: quotes and line ends cannot be in one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const quoted = (name: string): string => name.replace(/[\u0000-\u001f\u007f"]+/g, ' ').trim()
