import { AgendaList } from '@/components/calendar/agenda'
import { Board } from '@/components/calendar/board'
import { Legend } from '@/components/calendar/legend'
import { MonthBoard } from '@/components/calendar/month'
import { calendarWords } from '@/components/calendar/words'
import { EmptyState } from '@/components/ui/empty-state'
import { Calendar } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { daysFrom } from '@/server/core/time'
import type { Board as Facts } from '@/server/scheduling/calendar/show-board'
import { columnsOf } from './columns'
import { agendaDay, type Looking, monthDay, shownDay } from './shown'

type Props = { looking: Looking; board: Facts; one?: Facts['providers'][number]; own: boolean }

const mostProviders = 12

/** The days that are looked at, in the way that was chosen. */
export function Views({ looking, board, one, own }: Props) {
  const { desk, address, zone, now } = looking
  const { words, language } = desk
  const said = calendarWords[language]
  const outside = board.items.some((item) => item.kind === 'outside')
  const beside = address.view === 'day' || address.view === 'week'
  const providers = one ? [one] : beside ? board.providers.slice(0, mostProviders) : board.providers
  if (providers.length === 0)
    return (
      <EmptyState title={own ? said.noOwn : words.noProviders}>
        {own ? said.noOwnUnder : words.noProvidersUnder}
      </EmptyState>
    )
  const dates = daysFrom(address.first, address.days)
  const columnsAt = (date: string) =>
    columnsOf(
      board,
      providers.map((provider) => ({ date, provider })),
      zone,
      now,
    ).columns
  if (address.view === 'agenda') {
    const days = dates.map((date) => agendaDay(columnsAt(date), looking)).filter((d) => d.entries.length > 0)
    if (days.length > 0) return <AgendaList days={days} />
    return (
      <EmptyState icon={Calendar} title={said.nothing}>
        {said.nothingUnder}
      </EmptyState>
    )
  }
  if (address.view === 'month') return <Month {...{ looking, dates, columnsAt, outside }} />
  const wanted = dates.flatMap((date) => providers.map((provider) => ({ date, provider })))
  const { columns, from, to } = columnsOf(board, wanted, zone, now)
  return (
    <>
      <NotBeside looking={looking} providers={one ? [] : board.providers.slice(mostProviders)} />
      <Board
        {...{ language, zone, from, to }}
        label={words.places.calendar}
        locale={desk.locale}
        businessId={desk.businessId}
        days={columns.map((column) => shownDay(column, looking))}
        corner={zone.split('/').at(-1)?.replaceAll('_', ' ')}
        hours={hoursOf(from, to, desk.locale)}
        offWord={words.off}
        bookAt={address.href({ open: 'book' })}
      />
      <Legend words={said.legend} outside={outside} />
    </>
  )
}

/** Whose calendars there is no room for beside the others. */
function NotBeside({ looking, providers }: { looking: Looking; providers: Facts['providers'] }) {
  const { address, desk } = looking
  if (providers.length === 0) return null
  return (
    <Note tone="warn" title={calendarWords[desk.language].notBeside(providers.length)}>
      {providers.map(({ id, name }, n) => (
        <span key={id}>
          {n > 0 ? ', ' : ''}
          <a href={address.href({ who: id })}>{name}</a>
        </span>
      ))}
    </Note>
  )
}

type MonthProps = {
  looking: Looking
  dates: string[]
  outside: boolean
  columnsAt: (date: string) => Parameters<typeof monthDay>[0]
}

function Month({ looking, dates, outside, columnsAt }: MonthProps) {
  const { desk, address } = looking
  const said = calendarWords[desk.language]
  const name = (date: string, weekday: 'short' | 'long') =>
    new Intl.DateTimeFormat(desk.locale, { weekday, timeZone: 'UTC' }).format(Date.parse(date))
  const weeks = Array.from({ length: dates.length / 7 }, (_, n) => dates.slice(n * 7, n * 7 + 7))
  return (
    <>
      <MonthBoard
        label={`${desk.words.places.calendar}, ${address.date.slice(0, 7)}`}
        weekdays={dates.slice(0, 7).map((d) => ({ short: name(d, 'short'), long: name(d, 'long') }))}
        weeks={weeks.map((week) => week.map((date) => monthDay(columnsAt(date), looking)))}
        more={said.more}
        count={said.count}
      />
      <Legend words={said.legend} outside={outside} />
    </>
  )
}

function hoursOf(from: number, to: number, locale: string): string[] {
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' })
  return Array.from({ length: Math.floor((to - from) / 60) + 1 }, (_, n) =>
    clock.format((from + n * 60) * 60_000),
  )
}
