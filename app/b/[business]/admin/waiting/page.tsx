import type { Metadata } from 'next'
import { Fresh } from '@/components/appointment/fresh'
import { waitingWords } from '@/components/appointment/waiting-words'
import { wishInWords } from '@/components/appointment/wish-in-words'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Queue } from '@/components/ui/icons'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { StatusBadge } from '@/components/ui/status-badge'
import { listWaiting } from '@/server/booking/waitlist/queries'
import { asked, deskOf, type Search, searchOf } from '../desk'
import { NoMatch, SearchBar } from '../parts'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: waitingWords[(await deskOf((await params).business)).language].list }
}

export default async function WaitingListPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/waiting')
  const { businessId, business, call, root, locale, language, words: admin } = desk
  const words = waitingWords[language]
  const given = await searchOf(searchParams)
  const q = given.q?.trim().slice(0, 100) ?? ''
  const after = given.after && given.id ? { joinedAt: given.after, id: given.id } : undefined
  const { entries, after: next } = await asked(listWaiting.execute({ businessId, q, after }, call))
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: business.timeZone,
  })
  return (
    <>
      <PageHeader title={words.list} actions={<Fresh topics={[`business:${businessId}`]} />}>
        <span className="small">{words.listUnder}</span>
      </PageHeader>
      {entries.length > 5 || q ? <SearchBar desk={desk} path={`${root}/waiting`} q={q} /> : null}
      {entries.length === 0 && q ? (
        <NoMatch desk={desk} path={`${root}/waiting`} q={q} />
      ) : entries.length === 0 ? (
        <Card>
          <EmptyState icon={Queue} title={words.nobody}>
            {words.nobodyUnder}
          </EmptyState>
        </Card>
      ) : (
        <form method="post" action={`${root}/waiting/remove`}>
          <Once />
          <List alone label={words.list}>
            {entries.map((e) => (
              <ListItem
                key={e.id}
                title={e.clientName ?? admin.somebody}
                after={
                  <>
                    <StatusBadge noun="waitlist" status={e.status === 'offered' ? 'offered' : 'waitlisted'} />
                    <Button type="submit" size="small" tone="quiet" name="id" value={e.id}>
                      {words.remove}
                    </Button>
                  </>
                }
              >
                <span>
                  {e.serviceName} · {wishInWords(e.wish, words, locale, business.timeZone)}
                </span>
                <span className="quiet small">
                  {[e.clientEmail, words.since(moment.format(Date.parse(e.joinedAt)))]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </ListItem>
            ))}
          </List>
        </form>
      )}
      {next ? (
        <p>
          <Button
            href={`${root}/waiting?${new URLSearchParams({ ...(q ? { q } : {}), after: next.joinedAt, id: next.id })}`}
          >
            {admin.more}
          </Button>
        </p>
      ) : null}
    </>
  )
}
