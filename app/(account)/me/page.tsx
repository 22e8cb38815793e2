import { titled } from '@/app/around'
import { DetectZone } from '@/components/appointment/detect-zone'
import { Fresh } from '@/components/appointment/fresh'
import { OwnBookings } from '@/components/appointment/own-bookings'
import { ownWords } from '@/components/appointment/own-words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Calendar, Mail, Search } from '@/components/ui/icons'
import { TabLinks } from '@/components/ui/tab-links'
import { OwnFrame } from '@/components/user/own-frame'
import { venueWords } from '@/components/venue/words'
import { listOwnMemberships } from '@/server/auth/membership/queries'
import { listOwnAppointments } from '@/server/booking/appointment/list-own'
import { listOwnEntries } from '@/server/booking/waitlist/list-own'
import { newCall } from '@/server/core/command'
import { showOwnFeed } from '@/server/notification/feed/queries'
import { nonceOf } from '@/server/request'
import { keyIn, mustBeSignedIn, type Params, placeOf } from '../place'
import { Businesses, worksIn } from './businesses'
import { FeedCard } from './feed-card'
import { Waiting } from './waiting'

export const generateMetadata = titled(ownWords, (words) => words.bookings)

/** Beyond these the person's own stream is enough: a stream follows no more than twenty things. */
const mostFollowed = 12

/** What somebody booked and waits for, wherever that is; and where they work. */
export default async function MePage({ searchParams }: { searchParams: Params }) {
  const { words: all, language, locale, headers, one, zone: seen } = await placeOf(searchParams, 'me')
  const { who, person } = await mustBeSignedIn(headers, '/me')
  const words = ownWords[language]
  const zone = person.timeZone ?? seen
  const which = one('show') === 'past' ? 'past' : 'coming'
  const key = keyIn(one, 'from')
  const from = key && { startTime: key.time, id: key.id }
  const call = newCall(who.actor)
  const [{ bookings, from: next }, { entries }, { memberships }, feed] = await Promise.all([
    listOwnAppointments.execute({ which, from }, call),
    listOwnEntries.execute({}, call),
    listOwnMemberships.execute({}, call),
    showOwnFeed.execute({}, call),
  ])
  const follows = [
    ...bookings.map((one) => [`appointment:${one.id}`, one.token]),
    ...entries.map((one) => [`waitlist:${one.id}`, one.token]),
  ].slice(0, mostFollowed)
  const to = (show: string, more: Record<string, string> = {}) =>
    `/me?${new URLSearchParams({ ...(show === 'past' ? { show } : {}), ...more })}`.replace(/\?$/, '')
  const worksFirst = worksIn(memberships).length > 0 && bookings.length === 0 && which === 'coming' && !from
  const businesses = <Businesses memberships={memberships} words={all} />
  return (
    <OwnFrame
      language={language}
      title={all.me.title(person.name)}
      actions={
        <Fresh
          topics={[`user:${who.actor.userId}`, ...follows.map(([topic = '']) => topic)]}
          tokens={follows.map(([, token = '']) => token)}
        />
      }
    >
      {person.timeZone ? null : <DetectZone shown={seen ?? ''} nonce={nonceOf(headers)} />}
      {worksFirst ? businesses : null}
      <section className="stack" aria-label={words.bookings}>
        <TabLinks
          label={words.bookings}
          tabs={[
            { href: to('coming'), label: words.coming, current: which === 'coming' },
            { href: to('past'), label: words.past, current: which === 'past' },
          ]}
        />
        {bookings.length > 0 ? (
          <Card flush>
            <OwnBookings
              label={words[which]}
              {...{ bookings, words, locale, zone }}
              places={venueWords[language]}
            />
          </Card>
        ) : person.emailVerified || which === 'past' ? (
          <EmptyState
            icon={Calendar}
            title={which === 'coming' ? words.none : words.nonePast}
            action={
              <Button href="/" icon={<Search />}>
                {words.find}
              </Button>
            }
          >
            {which === 'coming' ? words.noneUnder : words.nonePastUnder}
          </EmptyState>
        ) : (
          <EmptyState
            icon={Mail}
            title={words.unconfirmed}
            action={<Button href="/me/account#address">{words.confirm}</Button>}
          >
            {words.unconfirmedUnder}
          </EmptyState>
        )}
        {next || from ? (
          <p className="row">
            {next ? (
              <Button href={to(which, { from: next.startTime, id: next.id })}>{words.more}</Button>
            ) : null}
            {from ? (
              <Button tone="quiet" href={to(which)}>
                {words.first}
              </Button>
            ) : null}
          </p>
        ) : null}
      </section>
      <Waiting {...{ entries, language, locale, zone }} />
      {bookings.length > 0 || feed.url ? <FeedCard url={feed.url} language={language} /> : null}
      {worksFirst ? null : businesses}
    </OwnFrame>
  )
}
