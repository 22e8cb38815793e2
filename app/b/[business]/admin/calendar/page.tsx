import type { Metadata } from 'next'
import { Fresh } from '@/components/appointment/fresh'
import { Board, Legend, type Shown, type ShownColumn } from '@/components/calendar/board'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { IconButton } from '@/components/ui/icon-button'
import { Left, Lock, Right } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { TabLinks } from '@/components/ui/tab-links'
import { addDays, formatClock, isDate, today, weekday } from '@/server/core/time'
import { showBoard } from '@/server/scheduling/calendar/show-board'
import { asked, type Desk, deskOf, draftFor, type Search, searchOf } from '../desk'
import styles from './calendar.module.css'
import { type Column, columnsOf, type Placed } from './columns'
import { Panel } from './panel'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await deskOf((await params).business)).words.places.calendar }
}

const mostColumns = 12

/** A day of everybody, or a week of one: what is booked, held and blocked, as it is and as it changes. */
export default async function CalendarPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/calendar')
  const { business, businessId, call, words, root, locale } = desk
  const given = await searchOf(searchParams)
  const now = Date.now()
  const view = given.view === 'day' ? 'day' : 'week'
  const own = call.actor.kind === 'user' ? call.actor.userId : ''
  const around = given.date && isDate(given.date) ? given.date : today(business.timeZone, now)
  const first = view === 'week' ? addDays(around, 1 - weekday(around)) : around
  const days = view === 'week' ? 7 : 1
  const board = await asked(showBoard.execute({ businessId, from: first, days }, call))
  const { providers } = board
  const chosen = providers.find((p) => p.id === given.who)
  const one =
    chosen ?? (view === 'week' ? (providers.find((p) => p.userId === own) ?? providers[0]) : undefined)
  const zone = one?.rules.timeZone ?? business.timeZone
  const wanted =
    view === 'week' && one
      ? Array.from({ length: 7 }, (_, n) => ({ date: addDays(first, n), provider: one }))
      : (one ? [one] : providers.slice(0, mostColumns)).map((provider) => ({ date: first, provider }))
  const { columns, from, to } = columnsOf(board, wanted, zone, now)
  const kept = { view, date: around, ...(chosen ? { who: chosen.id } : {}) }
  const href = (change: Record<string, string>) =>
    `${root}/calendar?${new URLSearchParams(Object.entries({ ...kept, ...change }).filter(([, v]) => v))}`
  const step = view === 'week' ? 7 : 1
  return (
    <>
      <PageHeader
        title={titleOf(first, days, locale)}
        actions={
          <>
            <Fresh topics={[`business:${businessId}`]} />
            <Button href={href({ open: 'new' })} icon={<Lock />}>
              {words.block}
            </Button>
          </>
        }
      />
      <div className={styles.bar}>
        <TabLinks
          label={words.view}
          tabs={[
            { href: href({ view: 'day' }), label: words.day, current: view === 'day' },
            { href: href({ view: 'week' }), label: words.week, current: view === 'week' },
          ]}
        />
        <div className="row">
          <IconButton label={words.previous} icon={<Left />} href={href({ date: addDays(around, -step) })} />
          <Button href={href({ date: today(zone, now) })}>{words.goToday}</Button>
          <IconButton label={words.following} icon={<Right />} href={href({ date: addDays(around, step) })} />
        </div>
        {providers.length > 1 ? (
          <form method="get" action={`${root}/calendar`} className={styles.who}>
            <input type="hidden" name="view" value={view} />
            <input type="hidden" name="date" value={around} />
            <Select
              name="who"
              aria-label={words.who}
              defaultValue={one?.id ?? ''}
              options={[
                ...(view === 'day' ? [{ value: '', label: words.everybody }] : []),
                ...providers.map((p) => ({ value: p.id, label: p.name })),
              ]}
            />
            <Button type="submit">{words.show}</Button>
          </form>
        ) : null}
      </div>
      <div className={styles.desk} data-open={given.open ? '' : undefined}>
        <div className={styles.main}>
          {columns.length === 0 ? (
            <EmptyState title={words.noProviders}>{words.noProvidersUnder}</EmptyState>
          ) : (
            <Board
              label={words.places.calendar}
              columns={columns.map((c) => shownColumn(desk, c, { view, href, open: given.open, now, zone }))}
              from={from}
              to={to}
              corner={zone.split('/').at(-1)?.replaceAll('_', ' ')}
              hour={formatClock}
              offWord={words.off}
            />
          )}
          <Legend words={words.legend} />
        </div>
        {given.open ? (
          <Panel
            desk={desk}
            open={given.open}
            board={board}
            zone={zone}
            provider={one ?? providers[0]}
            date={around}
            back={href({})}
            draft={draftFor(desk, given.again ?? '', given.again)}
          />
        ) : null}
      </div>
    </>
  )
}

function titleOf(first: string, days: number, locale: string): string {
  const at = (date: string) => Date.parse(date)
  if (days === 1)
    return new Intl.DateTimeFormat(locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    }).format(at(first))
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).formatRange(at(first), at(addDays(first, days - 1)))
}

type View = {
  view: 'day' | 'week'
  href: (change: Record<string, string>) => string
  open?: string
  now: number
  zone: string
}

function shownColumn(desk: Desk, column: Column, view: View): ShownColumn {
  const { locale, words } = desk
  const day = Date.parse(column.date)
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(day)
  const isToday = column.now !== null
  const weekdayWord = isToday
    ? `${part({ weekday: 'short' })}, ${words.todayWord}`
    : part({ weekday: 'short' })
  return {
    key: column.key,
    today: isToday,
    name: view.view === 'week' ? part({ dateStyle: 'full' }) : column.provider.name,
    head:
      view.view === 'week' ? (
        <a href={view.href({ view: 'day', date: column.date, who: column.provider.id })}>
          {weekdayWord}
          <strong>{part({ day: 'numeric' })}</strong>
        </a>
      ) : (
        <>
          {weekdayWord}
          <strong>{column.provider.name}</strong>
        </>
      ),
    off: column.off,
    now: column.now,
    items: column.items.map((item) => shownItem(desk, item, view)),
  }
}

function shownItem({ locale, words }: Desk, item: Placed, view: View): Shown {
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: view.zone })
  const from = clock.format(Date.parse(item.startTime))
  const service = item.serviceName ?? ''
  const titles = {
    appointment: item.clientName ?? words.somebody,
    group: service,
    hold: words.held,
    block: words.blocked,
  }
  const unders = {
    appointment: `${from} ${service}`,
    group: `${from} · ${words.seats(item.seats?.taken ?? 0, item.seats?.of ?? 0)}`,
    hold: item.expiresAt ? words.heldUntil(clock.format(Date.parse(item.expiresAt))) : from,
    block: from,
  }
  return {
    id: item.id,
    kind: item.kind,
    from: item.from,
    to: item.to,
    before: item.before,
    after: item.after,
    title: titles[item.kind],
    under: unders[item.kind],
    href: item.kind === 'hold' ? undefined : view.href({ open: item.id }),
    open: item.id === view.open,
    seats: item.seats,
    past: item.kind === 'appointment' && Date.parse(item.endTime) < view.now,
  }
}
