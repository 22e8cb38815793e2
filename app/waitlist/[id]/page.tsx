import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { Answer } from '@/components/appointment/answer'
import { priceOf } from '@/components/appointment/choose-service'
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
import { isRefusal } from '@/server/core/errors'
import { locationOf } from '@/server/location/venue/model-told'
import { languageOf, localeOf, viewOf } from '@/server/request'

export const metadata: Metadata = { robots: { index: false }, referrer: 'same-origin' }

type Query = { token?: string; refused?: string }
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
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: zone })
  const short = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
  const heading = {
    waiting: words.waiting,
    offered: words.offered,
    accepted: words.accepted,
    lapsed: entry.offer ? words.lapsed : words.past,
    left: words.left2,
  }[entry.status]
  const where = locationOf(entry.told, venueWords[language].online)
  const form = (path: string, children: React.ReactNode) => (
    <form method="post" action={`/waitlist/${id}/${path}`} className="stack">
      <input type="hidden" name="token" value={token} />
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
          {words.keptUntil(short.format(Date.parse(offered.expiresAt)))}{' '}
          <Countdown ms={Date.parse(offered.expiresAt) - Date.now()} says={`(${words.left('{left}')})`} />
        </Note>
      ) : null}
      {entry.status === 'waiting' ? (
        <Note tone="hold" title={words.ahead(entry.ahead)}>
          {words.waitingText}
        </Note>
      ) : null}
      {entry.status === 'accepted' ? <Note tone="good">{words.acceptedText}</Note> : null}
      {entry.status === 'lapsed' ? (
        <Note tone="warn">{entry.offer ? words.lapsedText : words.pastText}</Note>
      ) : null}
      <Card title={entry.service.name}>
        <div className="stack">
          <Facts
            facts={
              offered
                ? [
                    [words.wish, <strong key="at">{moment.format(Date.parse(offered.startTime))}</strong>],
                    [words.with, by?.name ?? ''],
                    [words.price, priceOf(entry.terms, locale, booking)],
                    ...(where ? [[venueWords[language].where, where] as const] : []),
                  ]
                : [
                    [words.wish, wishInWords(entry.wish, words, locale, zone)],
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
                  <p>
                    <Button type="submit" tone="primary" size="large">
                      {words.take}
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
