import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { Answer } from '@/components/appointment/answer'
import { bookingPageWords } from '@/components/appointment/booking-words'
import { priceOf } from '@/components/appointment/choose-service'
import { DetectZone } from '@/components/appointment/detect-zone'
import { Fresh } from '@/components/appointment/fresh'
import { waitingWords } from '@/components/appointment/waiting-words'
import { wishInWords } from '@/components/appointment/wish-in-words'
import { bookingWords } from '@/components/appointment/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { Card, Facts } from '@/components/ui/card'
import { Countdown } from '@/components/ui/countdown'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { venueWords } from '@/components/venue/words'
import { termsField } from '@/server/booking/appointment/model-terms'
import { showEntry } from '@/server/booking/waitlist/queries'
import { resourceToken } from '@/server/core/crypto'
import { isRefusal } from '@/server/core/errors'
import { isZone } from '@/server/core/time'
import { locationOf } from '@/server/location/venue/model-told'
import { cookieOf, languageOf, localeOf, nonceOf, viewOf } from '@/server/request'

export const metadata: Metadata = { robots: { index: false }, referrer: 'same-origin' }

const named = (time: string, zone: string) => `${time}, ${zone.replaceAll('_', ' ')}`

type Query = { token?: string; refused?: string; zone?: string }
type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> }

/** What the link of a waiting list opens: how one stands, and the place when there is one. */
export default async function WaitingPage({ params, searchParams }: Props) {
  const [{ id }, query, given] = await Promise.all([params, searchParams, headers()])
  const token = typeof query.token === 'string' ? query.token : ''
  const entry = await load(id, token, given)
  const language = languageOf(given, entry.business.language)
  const locale = localeOf(given, language)
  const words = waitingWords[language]
  const booking = bookingWords[language]
  const offered = entry.status === 'offered' ? entry.offer : null
  const by = entry.providers.find((p) => p.id === entry.offer?.providerId)
  const zone = entry.timeZone
  const theirs = [query.zone, cookieOf(given, 'zone')].find(
    (z): z is string => typeof z === 'string' && isZone(z),
  )
  /** By a clock that has a name. */
  const told = (at: string, timeZone: string, dateStyle: 'full' | 'medium' = 'full') =>
    named(
      new Intl.DateTimeFormat(locale, { dateStyle, timeStyle: 'short', timeZone }).format(Date.parse(at)),
      timeZone,
    )
  const isAsked = entry.booking?.status === 'pending'
  const heading = {
    waiting: words.waiting,
    offered: words.offered,
    accepted: isAsked ? words.asked : words.accepted,
    lapsed: entry.offer ? words.lapsed : words.past,
    left: words.left2,
  }[entry.status]
  const where = locationOf(entry.told, venueWords[language].online)
  const form = (path: string, children: React.ReactNode) => (
    <form method="post" action={`/waitlist/${id}/${path}`} className="stack">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="zone" value={theirs ?? ''} />
      {children}
    </form>
  )
  return (
    <PublicShell
      business={{
        name: entry.business.name,
        href: `/b/${entry.business.slug}`,
        accent: entry.business.accent,
        logo: entry.business.logo,
      }}
    >
      {query.zone ? null : <DetectZone shown={theirs ?? zone} nonce={nonceOf(given)} />}
      <PageHeader
        arrival
        title={heading}
        actions={<Fresh topics={[`waitlist:${id}`]} tokens={token ? [token] : []} />}
      />
      {query.refused ? (
        <Note tone="bad" role="alert">
          {query.refused === 'terms_changed'
            ? booking.termsChanged
            : ['hold_expired', 'in_the_past'].includes(query.refused)
              ? words.over
              : words.refused.other}
        </Note>
      ) : null}
      {offered ? (
        <Note tone="hold">
          {words.keptUntil(told(offered.expiresAt, zone, 'medium'))}{' '}
          <Countdown ms={Date.parse(offered.expiresAt) - Date.now()} says={`(${words.left('{left}')})`} />
        </Note>
      ) : null}
      {entry.status === 'waiting' ? (
        <Note tone="hold" title={words.ahead(entry.ahead)}>
          {words.waitingText}
        </Note>
      ) : null}
      {entry.booking ? (
        <Note tone={isAsked ? 'hold' : 'good'}>
          {isAsked ? booking.asked : words.acceptedText}{' '}
          <a
            href={`/bookings/${entry.booking.id}?${new URLSearchParams({ token: resourceToken('appointment', entry.booking.id) })}`}
          >
            {words.seeBooking}
          </a>
        </Note>
      ) : null}
      {entry.status === 'lapsed' ? (
        <Note tone="warn">{entry.offer ? words.lapsedText : words.pastText}</Note>
      ) : null}
      <Card title={entry.service.name}>
        <div className="stack">
          <Facts
            facts={
              offered
                ? [
                    [words.wish, <strong key="at">{told(offered.startTime, zone)}</strong>],
                    ...(theirs && theirs !== zone
                      ? [[bookingPageWords[language].yourTime, told(offered.startTime, theirs)] as const]
                      : []),
                    [words.with, by?.name ?? ''],
                    [words.price, priceOf(entry.terms, locale, booking)],
                    ...(where ? [[venueWords[language].where, where] as const] : []),
                  ]
                : [
                    [words.wish, named(wishInWords(entry.wish, words, locale, zone), zone)],
                    [words.with, entry.providers.map((p) => p.name).join(', ')],
                  ]
            }
          />
          {offered
            ? form(
                'accept',
                <>
                  <input type="hidden" name="terms" value={termsField(entry.terms)} />
                  {entry.service.questions.map((q, n) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a question is known by its place.
                    <Answer key={n} question={q} name={`answer-${n}`} words={booking} />
                  ))}
                  <p className="quiet">
                    {entry.terms.lateFeePercent === 0 || entry.terms.amount === 0
                      ? booking.cancelFree
                      : booking.cancelTerms(entry.terms.freeUntilHours, entry.terms.lateFeePercent)}
                  </p>
                  {entry.service.requiresApproval ? <p className="quiet">{booking.asked}</p> : null}
                  <p>
                    <Button type="submit" tone="primary" size="large">
                      {entry.service.requiresApproval ? booking.ask : words.take}
                    </Button>
                  </p>
                </>,
              )
            : null}
        </div>
      </Card>
      {['waiting', 'offered'].includes(entry.status)
        ? form(
            'leave',
            <p>
              <Button type="submit">{offered ? words.giveUp : words.leave}</Button>
            </p>,
          )
        : null}
      {['lapsed', 'left'].includes(entry.status) ? (
        <p>
          <a href={`/b/${entry.business.slug}/book?service=${entry.serviceId}`}>{words.again}</a>
        </p>
      ) : null}
    </PublicShell>
  )
}

async function load(id: string, token: string, given: Headers) {
  try {
    return await showEntry.execute({ id }, { ...(await viewOf(given)), bearer: token || null })
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
