import type { BookingPageWords } from './booking-words'

type Props = {
  id: string
  token: string
  title: string
  startTime: string
  endTime: string
  details: string
  location: string | null
  words: BookingPageWords
}

const compact = (at: string) => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')

/** The file for any calendar, and the two that people ask for by name. */
export function CalendarLinks({ id, token, title, startTime, endTime, details, location, words }: Props) {
  const google = new URLSearchParams({
    action: 'TEMPLATE',
    text: title,
    dates: `${compact(startTime)}/${compact(endTime)}`,
    details,
    ...(location ? { location } : {}),
  })
  const outlook = new URLSearchParams({
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    startdt: startTime,
    enddt: endTime,
    body: details,
    ...(location ? { location } : {}),
  })
  return (
    <ul className="tabs">
      <li>
        <a href={`/bookings/${id}/calendar?${new URLSearchParams({ token })}`} download={`${id}.ics`}>
          {words.file}
        </a>
      </li>
      <li>
        <a href={`https://calendar.google.com/calendar/render?${google}`} rel="noreferrer" target="_blank">
          {words.google}
        </a>
      </li>
      <li>
        <a
          href={`https://outlook.live.com/calendar/0/deeplink/compose?${outlook}`}
          rel="noreferrer"
          target="_blank"
        >
          {words.outlook}
        </a>
      </li>
    </ul>
  )
}
