import type { Metadata } from 'next'
import { classWords } from '@/components/series/class-words'
import { describeRepeat } from '@/components/series/repeat-words'
import { Badge, Chip } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Lock, Plus, Rewind, Right } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import { TabLinks } from '@/components/ui/tab-links'
import { listSeries } from '@/server/scheduling/series/list'
import { listSlots } from '@/server/scheduling/slot/list'
import styles from '../admin.module.css'
import { asked, type Desk, deskOf, type Search, searchOf } from '../desk'
import { NoMatch, Outcome, SearchBar } from '../parts'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: classWords[(await deskOf((await params).business)).language].classes }
}

/** What was written into calendars: the times themselves, and the series they come from. */
export default async function ClassesPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/classes')
  const words = classWords[desk.language]
  const given = await searchOf(searchParams)
  const q = given.q?.trim().slice(0, 100) ?? ''
  const path = `${desk.root}/classes`
  const series = given.view === 'series'
  const tabs = [
    { href: path, label: words.times, current: !series },
    { href: `${path}?view=series`, label: words.series, current: series },
  ]
  const Body = series ? SeriesList : SlotList
  return (
    <>
      <PageHeader
        title={words.classes}
        actions={
          <Button href={`${path}/new`} tone="primary" icon={<Plus />}>
            {words.add}
          </Button>
        }
      >
        {words.under}
      </PageHeader>
      <Outcome desk={desk} draft={null} saved={given.saved} />
      <TabLinks label={words.show} tabs={tabs} />
      <SearchBar desk={desk} path={path} q={q} hidden={series ? { view: 'series' } : {}} />
      <Body desk={desk} path={path} q={q} given={given} />
    </>
  )
}

type BodyProps = { desk: Desk; path: string; q: string; given: Record<string, string | undefined> }

const keyOf = ({ at, id }: Record<string, string | undefined>) =>
  at && id && /^[0-9a-f-]{36}$/i.test(id) && Number.isFinite(Date.parse(at))
    ? { at: new Date(at).toISOString(), id }
    : null

async function SlotList({ desk, path, q, given }: BodyProps) {
  const { businessId, call, locale, language } = desk
  const words = classWords[language]
  const key = keyOf(given)
  const after = key ? { startTime: key.at, id: key.id } : undefined
  const page = await asked(listSlots.execute({ businessId, q, limit: 25, after }, call))
  if (page.slots.length === 0)
    return q ? (
      <NoMatch desk={desk} path={path} q={q} />
    ) : (
      <EmptyState title={words.none}>{words.noneUnder}</EmptyState>
    )
  return (
    <>
      <List alone label={words.times}>
        {page.slots.map((s) => {
          const at = Date.parse(s.startTime)
          const zone = { timeZone: s.timeZone }
          const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', ...zone })
          const day = new Intl.DateTimeFormat(locale, {
            weekday: 'short',
            day: 'numeric',
            month: 'short',
            ...zone,
          })
          return (
            <ListItem
              key={s.id}
              href={`${path}/${s.id}`}
              title={s.serviceName}
              before={
                <span className={styles.at}>
                  <time dateTime={s.startTime}>{clock.format(at)}</time>
                  <small>{day.format(at)}</small>
                </span>
              }
              after={
                <>
                  {s.isAvailable ? null : (
                    <Badge tone="none" icon={Lock}>
                      {words.closed}
                    </Badge>
                  )}
                  <span className="figures">{words.booked(s.taken, s.maxBookings)}</span>
                  <Right />
                </>
              }
            >
              <span className="row">
                <span className="quiet small">{s.providerName}</span>
                {s.seriesId ? <Chip icon={Rewind}>{words.repeats}</Chip> : null}
              </span>
            </ListItem>
          )
        })}
      </List>
      <More
        desk={desk}
        path={path}
        q={q}
        after={page.after && { at: page.after.startTime, id: page.after.id }}
      />
    </>
  )
}

async function SeriesList({ desk, path, q, given }: BodyProps) {
  const { businessId, call, locale, language } = desk
  const words = classWords[language]
  const key = keyOf(given)
  const after = key ? { createdAt: key.at, id: key.id } : undefined
  const page = await asked(listSeries.execute({ businessId, q, limit: 25, after }, call))
  if (page.series.length === 0)
    return q ? (
      <NoMatch desk={desk} path={`${path}?view=series`} q={q} />
    ) : (
      <EmptyState title={words.noSeries}>{words.noSeriesUnder}</EmptyState>
    )
  return (
    <>
      <List alone label={words.series}>
        {page.series.map((s) => {
          const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: s.timeZone })
          const next = s.next && words.next(day.format(Date.parse(s.next.startTime)))
          return (
            <ListItem
              key={s.id}
              href={s.next ? `${path}/${s.next.slotId}` : undefined}
              title={s.serviceName}
              before={<span className={styles.at}>{s.time}</span>}
              after={
                <>
                  <span className="small">{next ?? words.nothingNext}</span>
                  {s.next ? <Right /> : null}
                </>
              }
            >
              <span className="quiet small">
                {describeRepeat(s, language, locale)}. {s.providerName}, {words.places(s.maxBookings)}
              </span>
            </ListItem>
          )
        })}
      </List>
      <More
        desk={desk}
        path={path}
        q={q}
        view="series"
        after={page.after && { at: page.after.createdAt, id: page.after.id }}
      />
    </>
  )
}

type MoreProps = Omit<BodyProps, 'given'> & { view?: string; after: { at: string; id: string } | null }

function More({ desk, path, q, view, after }: MoreProps) {
  if (!after) return null
  const query = new URLSearchParams({ ...(view ? { view } : {}), ...(q ? { q } : {}), ...after })
  return (
    <p>
      <Button href={`${path}?${query}`}>{desk.words.more}</Button>
    </p>
  )
}
