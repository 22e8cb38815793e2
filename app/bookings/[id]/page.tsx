import { headers } from 'next/headers'
import { titled } from '@/app/around'
import { bookingPageWords } from '@/components/appointment/booking-words'
import { CalendarLinks } from '@/components/appointment/calendar-links'
import { priceOf } from '@/components/appointment/choose-service'
import { LiveBooking } from '@/components/appointment/live-booking'
import { bookingWords } from '@/components/appointment/words'
import { feedWords } from '@/components/feed/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { Card, Facts, List, ListItem } from '@/components/ui/card'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { StatusBadge } from '@/components/ui/status-badge'
import { Where } from '@/components/venue/where'
import { venueWords } from '@/components/venue/words'
import { appointmentLife, cancellationFee } from '@/server/booking/appointment/model'
import { isZone } from '@/server/core/time'
import { joinOf, locationOf } from '@/server/location/venue/model-told'
import { cookieOf, languageOf, localeOf } from '@/server/request'
import { loadBooking } from './load'

export const generateMetadata = titled(bookingPageWords, (words) => words.title, {
  robots: { index: false },
  referrer: 'same-origin',
})

/** What happened to the time itself. */
const tellsTime = /\.(created|rescheduled|change_undone)\./

type Query = { token?: string; refused?: string; new?: string; before?: string; zone?: string }
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> }

/** What the link in a confirmation opens: the booking, and cancelling it, with or without script. */
export default async function BookingPage({ params, searchParams }: Props) {
  const [{ id }, query, given] = await Promise.all([params, searchParams, headers()])
  const token = typeof query.token === 'string' ? query.token : ''
  const booking = await loadBooking(id, token, given)
  const language = languageOf(given, booking.business.language)
  const locale = localeOf(given, language)
  const words = bookingPageWords[language]
  const price = priceOf(booking.price, locale, bookingWords[language])
  const theirs = [query.zone, cookieOf(given, 'zone')].find(
    (z): z is string => typeof z === 'string' && isZone(z),
  )
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: booking.timeZone })
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: booking.timeZone,
  })
  /** Until when, by whose clock where that is not known to be the reader's. */
  const deadline = (at: string | number) => {
    const when = moment.format(new Date(at))
    return theirs === booking.timeZone ? when : `${when}, ${booking.timeZone.replaceAll('_', ' ')}`
  }
  const mayMove = appointmentLife.can(booking.status, 'reschedule') && !booking.begun && token !== ''
  const mayCancel = appointmentLife.can(booking.status, 'cancel') && !booking.begun && token !== ''
  return (
    <PublicShell
      business={{
        name: booking.business.name,
        href: `/b/${booking.business.slug}`,
        accent: booking.business.accent,
        logo: booking.business.logo,
      }}
    >
      <PageHeader arrival title={query.new && booking.status === 'confirmed' ? words.booked : words.title} />
      {token ? (
        <LiveBooking
          id={id}
          token={token}
          shown={{
            status: booking.status,
            startTime: booking.startTime,
            place: booking.place,
            providerId: booking.providerId,
          }}
        />
      ) : null}
      {query.new && booking.status === 'confirmed' ? <Note tone="good">{words.bookedText}</Note> : null}
      {query.before ? <Note tone="warn">{words.before}</Note> : null}
      {booking.status === 'pending' && booking.decideBy ? (
        <Note tone="hold" title={words.asked}>
          {words.askedText(deadline(booking.decideBy))}
        </Note>
      ) : null}
      {booking.status === 'declined' ? <Note tone="bad">{words.declinedText}</Note> : null}
      {query.refused ? (
        <Note tone="bad" role="alert">
          {words.notCancelled} {query.refused === 'already_begun' ? words.begun : words.wrongState}
        </Note>
      ) : null}
      <Card title={booking.service} aside={<StatusBadge noun="appointment" status={booking.status} />}>
        <Facts
          facts={[
            [
              words.time,
              <When
                key="when"
                {...booking}
                day={day.format(Date.parse(booking.startTime))}
                zone={booking.timeZone}
                locale={locale}
              />,
            ],
            ...(theirs && theirs !== booking.timeZone
              ? ([
                  [
                    words.yourTime,
                    <When key="theirs" {...booking} day={null} zone={theirs} locale={locale} />,
                  ],
                ] as [string, React.ReactNode][])
              : []),
            ...(booking.told
              ? ([
                  [
                    venueWords[language].where,
                    <Where
                      key="where"
                      told={booking.told}
                      words={venueWords[language]}
                      over={booking.over}
                    />,
                  ],
                ] as [string, React.ReactNode][])
              : []),
            [words.with, booking.provider],
            [
              words.at,
              <a key="at" href={`/b/${booking.business.slug}`}>
                {booking.business.name}
              </a>,
            ],
            ...(booking.seats > 1 ? ([[words.places, String(booking.seats)]] as [string, string][]) : []),
            [words.price, price],
          ]}
        />
      </Card>
      {booking.sameGo.length > 1 && token ? (
        <Card title={words.sameGo(booking.sameGo.length)} flush>
          <List label={words.sameGo(booking.sameGo.length)}>
            {booking.sameGo.map((other) => (
              <ListItem
                key={other.id}
                href={
                  other.id === id
                    ? undefined
                    : `/bookings/${other.id}?${new URLSearchParams({ token: other.token })}`
                }
                title={<time dateTime={other.startTime}>{moment.format(Date.parse(other.startTime))}</time>}
                after={<StatusBadge noun="appointment" status={other.status} plain />}
              />
            ))}
          </List>
        </Card>
      ) : null}
      {booking.status === 'confirmed' && token ? (
        <Card title={words.calendar}>
          <CalendarLinks
            {...{ id, token, words }}
            title={`${booking.service}, ${booking.business.name}`}
            startTime={booking.startTime}
            endTime={booking.endTime}
            details={[booking.provider, joinOf(booking.told)].filter(Boolean).join('\n')}
            location={locationOf(booking.told, venueWords[language].online)}
          />
          <p className="quiet small">{feedWords[language].inMail}</p>
        </Card>
      ) : null}
      {mayMove ? (
        <Card title={words.move}>
          {booking.movable ? (
            <div className="stack">
              <p className="quiet">
                {booking.policy.freeUntilHours > 0
                  ? words.moveUntil(deadline(booking.movableUntil))
                  : words.moveUnder}
              </p>
              <p>
                <Button href={`/bookings/${id}/move?${new URLSearchParams({ token })}`}>
                  {words.moveButton}
                </Button>
              </p>
            </div>
          ) : (
            <p className="quiet">{words.moveNot(deadline(booking.movableUntil))}</p>
          )}
        </Card>
      ) : null}
      {mayCancel ? (
        <Card title={words.cancelTitle} id="cancel">
          <form className="stack" method="post" action={`/bookings/${id}/cancel`}>
            <p className="quiet">{consequence()}</p>
            <input type="hidden" name="token" value={token} />
            <p>
              <Button type="submit" tone="danger">
                {words.cancelButton}
              </Button>
            </p>
          </form>
        </Card>
      ) : null}
      <Card title={words.history} flush>
        <List label={words.history}>
          {booking.history.toReversed().map((event, n, all) => (
            <ListItem
              key={event.sequence}
              title={
                event.type === 'booking.appointment.rescheduled.v1' &&
                all[n + 1]?.startTime === event.startTime
                  ? words.movedPlace
                  : (words.happened[event.type] ?? event.type)
              }
              after={<time dateTime={event.time}>{moment.format(Date.parse(event.time))}</time>}
            >
              {tellsTime.test(event.type) ? (
                <span className="quiet small">
                  {words.forTime(moment.format(Date.parse(event.startTime)))}
                </span>
              ) : null}
            </ListItem>
          ))}
        </List>
      </Card>
      {['cancelled', 'declined'].includes(booking.status) ? (
        <p>
          <a href={`/b/${booking.business.slug}/book?service=${booking.serviceId}`}>{words.again}</a>
        </p>
      ) : null}
    </PublicShell>
  )

  /** What cancelling now would cost, said before it is done. */
  function consequence(): string {
    const terms = { ...booking.price, ...booking.policy }
    const fee = cancellationFee(terms, Date.parse(booking.startTime), Date.now(), 'client')
    if (fee > 0)
      return words.cancelCosts(priceOf({ ...booking.price, amount: fee }, locale, bookingWords[language]))
    if (booking.policy.lateFeePercent === 0 || booking.price.amount === 0) return words.cancelFree
    const until = Date.parse(booking.startTime) - booking.policy.freeUntilHours * 3_600_000
    return words.cancelFreeUntil(deadline(until))
  }
}

type WhenProps = { startTime: string; endTime: string; day: string | null; zone: string; locale: string }

function When({ startTime, endTime, day, zone, locale }: WhenProps) {
  const clock = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
    ...(day ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
  })
  return (
    <>
      {day ? `${day}, ` : ''}
      <time dateTime={startTime}>{clock.format(Date.parse(startTime))}</time> –{' '}
      <time dateTime={endTime}>
        {new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(Date.parse(endTime))}
      </time>
      , {zone.replaceAll('_', ' ')}
    </>
  )
}
