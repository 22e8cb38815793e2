import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { dayAsked, dayIn, firstWeekday, monthAsked, spanOf, timesIn } from '@/app/b/[business]/book/moments'
import { placeOf } from '@/app/b/[business]/book/place'
import { bookingPageWords } from '@/components/appointment/booking-words'
import { DetectZone } from '@/components/appointment/detect-zone'
import { Fresh } from '@/components/appointment/fresh'
import { FreshTimes } from '@/components/appointment/fresh-times'
import { bookingWords } from '@/components/appointment/words'
import { ZonePicker } from '@/components/appointment/zone-picker'
import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { Card, Facts } from '@/components/ui/card'
import { DateGrid } from '@/components/ui/date-grid'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { placeName, venueWords } from '@/components/venue/words'
import { findOtherTimes } from '@/server/booking/appointment/find-other-times'
import { today } from '@/server/core/time'
import { online } from '@/server/location/venue/model-place'
import { calledOf } from '@/server/location/venue/model-told'
import { languageOf, localeOf, nonceOf, viewOf } from '@/server/request'
import type { OpenTime } from '@/server/scheduling/calendar/find-times'
import { loadBooking } from '../load'
import styles from './move.module.css'

export const metadata: Metadata = { robots: { index: false }, referrer: 'same-origin' }

type Query = {
  token?: string
  zone?: string
  day?: string
  month?: string
  startTime?: string
  refused?: string
}
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> }

const spoken = (zone: string) => zone.replaceAll('_', ' ')

const idOf = ({ startTime, place }: OpenTime) => (place ? `${startTime} ${place}` : startTime)

/** Another time for the same booking: choose, see what changes, then move. Links and forms, so it works without script. */
export default async function MovePage({ params, searchParams }: Props) {
  const [{ id }, query, given] = await Promise.all([params, searchParams, headers()])
  const token = typeof query.token === 'string' ? query.token : ''
  const booking = await loadBooking(id, token, given)
  const language = languageOf(given, booking.business.language)
  const locale = localeOf(given, language)
  const words = bookingPageWords[language]
  const about = { service: booking.serviceId, provider: booking.providerId, zone: query.zone }
  const flow = await placeOf(booking.business.slug, about)
  const { offer, dayZone } = flow
  const offered = offer.services.find((service) => service.id === booking.serviceId)
  const isOffered = offered?.providerIds.includes(booking.providerId) ?? false
  const now = today(dayZone, Date.now())
  const asked = dayAsked(query, now, dayZone)
  const month = monthAsked(query, now, dayZone)
  const days = await findOtherTimes.execute(
    { id, timeZone: dayZone, ...spanOf(month, now) },
    { ...(await viewOf(given)), bearer: token || null },
  )
  const day = asked ?? days.find((d) => d.times.length > 0)?.date ?? null
  const times = days.find((d) => d.date === day)?.times ?? []
  const chosen = times.find((t) => idOf(t) === query.startTime)
  const venue = venueWords[language]
  const called = (place: string | null | undefined) => placeName(place, offer.venues, venue)
  const differs =
    new Set([booking.place ?? undefined, ...days.flatMap((d) => d.times.map((t) => t.place))]).size > 1
  const from = calledOf(booking.told, venue.online)
  const to = called(chosen?.place)
  const mayChoose = booking.movable && isOffered
  const isElsewhere = chosen !== undefined && (chosen.place ?? null) !== booking.place
  const isSomewhere = booking.place !== null && booking.place !== online
  const zone = isSomewhere ? booking.timeZone : flow.zone
  const newZone = offer.venues.find(({ id: place }) => place === chosen?.place)?.timeZone ?? flow.zone
  /** By the clock of where it is, and whose that is. */
  const told = (at: string, timeZone: string) => {
    const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone })
    return `${moment.format(Date.parse(at))}, ${spoken(timeZone)}`
  }
  const back = `/bookings/${id}?${new URLSearchParams({ token })}`
  const href = (change: Record<string, string>) => {
    const next = new URLSearchParams({
      token,
      ...(query.zone ? { zone: flow.zone } : {}),
      ...change,
    }).toString()
    return `/bookings/${id}/move?${next.replaceAll('%7B', '{').replaceAll('%7D', '}')}`
  }
  return (
    <PublicShell
      business={{
        name: booking.business.name,
        href: `/b/${booking.business.slug}`,
        accent: booking.business.accent,
        logo: booking.business.logo,
      }}
    >
      {query.zone ? null : <DetectZone shown={flow.zone} nonce={nonceOf(given)} />}
      <PageHeader title={words.moveTitle}>
        <a href={back}>{words.moveKeep}</a>
      </PageHeader>
      {query.refused && query.refused !== 'move_not_offered' ? (
        <Note tone="bad" role="alert">
          {query.refused === 'slot_taken'
            ? words.moveTaken
            : query.refused === 'too_late_to_move'
              ? words.moveLate
              : words.moveFailed}
        </Note>
      ) : null}
      {mayChoose && query.startTime && !chosen ? (
        <Note tone="warn" role="alert">
          {words.moveGone}
        </Note>
      ) : null}
      {mayChoose ? (
        <div className={styles.head}>
          <ZonePicker
            zone={flow.zone}
            words={bookingWords[language]}
            hidden={{ token, month, day: day ?? '', startTime: chosen ? idOf(chosen) : '' }}
          />
          {dayZone === flow.zone ? null : (
            <span className="quiet small">{venue.timesThere(spoken(dayZone))}</span>
          )}
          <Fresh topics={[`calendar:${booking.providerId}`, `catalogue:${offer.businessId}`]} />
        </div>
      ) : null}
      {!booking.movable ? (
        <Note tone="warn">{words.moveNot(told(booking.movableUntil, zone))}</Note>
      ) : !isOffered ? (
        <Note tone="warn">{words.moveNotOffered}</Note>
      ) : chosen ? (
        <Card title={booking.service}>
          <div className="stack">
            <Facts
              facts={[
                [
                  words.moveFrom,
                  <s key="from">
                    <time dateTime={booking.startTime}>{told(booking.startTime, zone)}</time>
                  </s>,
                ],
                [
                  words.moveTo,
                  <strong key="to">
                    <time dateTime={chosen.startTime}>{told(chosen.startTime, newZone)}</time>
                  </strong>,
                ],
                [words.with, booking.provider],
                ...(isElsewhere
                  ? ([
                      [
                        venue.where,
                        <span key="where">
                          {from ? (
                            <>
                              <s>{from}</s>{' '}
                            </>
                          ) : null}
                          <strong>{to ?? venue.notSaid}</strong>
                        </span>,
                      ],
                    ] as [string, React.ReactNode][])
                  : []),
              ]}
            />
            {isElsewhere && to ? <Note tone="warn">{venue.changes(to)}</Note> : null}
            {booking.requiresApproval ? <p className="quiet">{words.moveAsks}</p> : null}
            <form method="post" action={`/bookings/${id}/move/confirm`} className={styles.actions}>
              <input type="hidden" name="token" value={token} />
              <input type="hidden" name="startTime" value={chosen.startTime} />
              <input type="hidden" name="place" value={chosen.place ?? ''} />
              <input type="hidden" name="day" value={day ?? ''} />
              {query.zone ? <input type="hidden" name="zone" value={flow.zone} /> : null}
              <Button type="submit" tone="primary" size="large">
                {words.moveConfirm}
              </Button>
              <a href={href(day ? { day } : {})}>{bookingWords[language].anotherTime}</a>
            </form>
          </div>
        </Card>
      ) : (
        <>
          <p className="quiet">
            {words.moveHow} {words.moveFrom}: {told(booking.startTime, zone)}.
          </p>
          <div className={styles.choose}>
            <DateGrid
              month={month}
              value={day ?? undefined}
              days={Object.fromEntries(days.map((d) => [d.date, { free: d.times.length }]))}
              today={now}
              min={now}
              locale={locale}
              weekStart={firstWeekday(locale)}
              href={{ day: href({ day: '{day}' }), month: href({ month: '{month}' }) }}
              heading="h2"
            />
            <section className={styles.times} aria-live="polite">
              <h2>{day ? dayIn(locale).format(Date.parse(day)) : bookingWords[language].chooseTime}</h2>
              {times.length > 0 ? (
                <form method="get">
                  <input type="hidden" name="token" value={token} />
                  {query.zone ? <input type="hidden" name="zone" value={flow.zone} /> : null}
                  <FreshTimes
                    key={day}
                    label={bookingWords[language].chooseTime}
                    times={timesIn(flow, times, {
                      there: bookingWords[language].there,
                      yours: venue.yourTime,
                      placeName: differs ? called : undefined,
                    })}
                  />
                </form>
              ) : (
                <p className="quiet">
                  {day ? bookingWords[language].noTimes : bookingWords[language].noTimesInMonth}
                </p>
              )}
            </section>
          </div>
        </>
      )}
    </PublicShell>
  )
}
