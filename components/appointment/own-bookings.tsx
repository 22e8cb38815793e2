import { List } from '@/components/ui/card'
import { ArrowRight } from '@/components/ui/icons'
import { StatusBadge } from '@/components/ui/status-badge'
import type { AppointmentStatus } from '@/server/booking/appointment/model'
import styles from './own-bookings.module.css'
import type { OwnWords } from './own-words'

export type OwnBooking = {
  id: string
  token: string
  status: AppointmentStatus
  startTime: string
  endTime: string
  timeZone: string
  seats: number
  serviceId: string
  service: string
  provider: string
  /** A venue's name, where it is at one. */
  venue: string | null
  place: string | null
  meetingLink: string | null
  business: { name: string; slug: string }
  mayMove: boolean
  mayCancel: boolean
}

type Props = {
  label: string
  bookings: readonly OwnBooking[]
  words: OwnWords
  places: { online: string; join: string }
  locale: string
  /** Where the reader is, where that is known; the place's own clock comes first. */
  zone: string | undefined
}

/** What somebody booked, by the clock of the place; each with what can still be done about it. */
export function OwnBookings({ label, bookings, words, places, locale, zone }: Props) {
  return (
    <List label={label}>
      {bookings.map((booking) => (
        <Item key={booking.id} {...{ booking, words, places, locale, zone }} />
      ))}
    </List>
  )
}

type ItemProps = { booking: OwnBooking } & Omit<Props, 'label' | 'bookings'>

function Item({ booking, words, places, locale, zone }: ItemProps) {
  const { id, token, status, startTime, endTime, timeZone, service, provider, business, seats } = booking
  const where = booking.venue ?? (booking.place ? places.online : null)
  const joins = booking.meetingLink && Date.parse(endTime) > Date.now() ? booking.meetingLink : null
  const [from, to] = [Date.parse(startTime), Date.parse(endTime)]
  const format = (options: Intl.DateTimeFormatOptions, timeZone: string) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone })
  const clock = { hour: 'numeric', minute: '2-digit' } as const
  const day = { weekday: 'long', day: 'numeric', month: 'short' } as const
  const theirs = zone && inZone(from, zone) !== inZone(from, timeZone) ? zone : null
  const sameDay = theirs && format(day, theirs).format(from) === format(day, timeZone).format(from)
  const bearer = new URLSearchParams({ token })
  const page = `/bookings/${id}?${bearer}`
  return (
    <li className={styles.item} data-booking={id}>
      <time className={styles.leaf} dateTime={startTime} aria-hidden="true">
        <span>{format({ month: 'short' }, timeZone).format(from)}</span>
        <b>{format({ day: 'numeric' }, timeZone).format(from)}</b>
      </time>
      <div className={styles.words}>
        <h2 className={styles.name}>
          <a href={page}>{service}</a>
        </h2>
        <p>
          <time dateTime={startTime}>{format({ ...day, ...clock }, timeZone).formatRange(from, to)}</time>
        </p>
        {theirs ? (
          <p className="quiet small">
            {words.placeTime(cityOf(timeZone))}.{' '}
            {words.forYou(format({ ...(sameDay ? {} : day), ...clock }, theirs).format(from))}.
          </p>
        ) : null}
        <p className="quiet small">
          {words.with(provider, business.name)}
          {seats > 1 ? ` · ${words.seats(seats)}` : null}
          {where ? ` · ${where}` : null}
        </p>
      </div>
      <div className={styles.standing}>
        <StatusBadge noun="appointment" status={status} />
      </div>
      {joins || booking.mayMove || booking.mayCancel ? (
        <p className={styles.acts}>
          {joins ? <a href={joins}>{places.join}</a> : null}
          {booking.mayMove ? <a href={`/bookings/${id}/move?${bearer}`}>{words.move}</a> : null}
          {booking.mayCancel ? <a href={`${page}#cancel`}>{words.cancel}</a> : null}
        </p>
      ) : ['completed', 'cancelled', 'declined', 'expired'].includes(status) ? (
        <p className={styles.acts}>
          <a href={`/b/${business.slug}/book?${new URLSearchParams({ service: booking.serviceId })}`}>
            {words.again}
            <ArrowRight />
          </a>
        </p>
      ) : null}
    </li>
  )
}

const inZone = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(at)

const cityOf = (zone: string) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
