import type { AgendaDay } from '@/components/calendar/agenda'
import type { ShownDay } from '@/components/calendar/board'
import type { Shown } from '@/components/calendar/board-model'
import { type MonthDay, mostShown } from '@/components/calendar/month'
import { calendarWords } from '@/components/calendar/words'
import { StatusBadge } from '@/components/ui/status-badge'
import {
  type AppointmentStatus,
  appointmentLife,
  appointmentStatuses,
} from '@/server/booking/appointment/model'
import type { Desk } from '../admin/desk'
import type { Address } from './address'
import type { Column, Placed } from './columns'

export type Looking = {
  desk: Desk
  address: Address
  zone: string
  now: number
  /** What a day on which a provider does not work for once is called. */
  holidayOf: (providerId: string, date: string) => string | undefined
}

const blockStep = 15

const statusOf = (item: Placed): AppointmentStatus | null =>
  appointmentStatuses.find((status) => status === item.status) ?? null

const clockIn = ({ desk, zone }: Looking) =>
  new Intl.DateTimeFormat(desk.locale, { timeStyle: 'short', timeZone: zone })

/** One thing as every view shows it: what it is called, when, and what else there is to say. */
function told(item: Placed, looking: Looking) {
  const { words, language } = looking.desk
  const own = calendarWords[language]
  const clock = clockIn(looking)
  const from = clock.format(Date.parse(item.startTime))
  const service = item.serviceName ?? ''
  const after = { pending: own.approve, no_show: own.noShow, completed: own.done } as Record<string, string>
  const said = {
    appointment: [item.clientName ?? words.somebody, after[item.status ?? ''] ?? service],
    group: [service, words.seats(item.seats?.taken ?? 0, item.seats?.of ?? 0)],
    hold: [words.held, item.expiresAt ? words.heldUntil(clock.format(Date.parse(item.expiresAt))) : ''],
    block: [item.label ?? words.blocked, item.label ? words.blocked : ''],
    outside: [item.label ?? own.legend.outside, item.label ? own.legend.outside : ''],
  }
  const [title = '', what = ''] = said[item.kind]
  return {
    id: item.id,
    kind: item.kind,
    status: item.status,
    title,
    name: item.kind === 'block' ? (item.label ?? own.theBlock) : title,
    what,
    from,
    span: clock.formatRange(Date.parse(item.startTime), Date.parse(item.endTime)),
    href: opens(item) ? looking.address.href({ open: item.id }) : undefined,
    open: item.id === looking.address.open,
    past: item.kind !== 'block' && opens(item) && Date.parse(item.endTime) < looking.now,
  }
}

/** What is held ends by itself, and what is elsewhere is changed there. */
const opens = ({ kind }: Placed): boolean => kind !== 'hold' && kind !== 'outside'

function movesOf(item: Placed, now: number): Shown['moves'] {
  if (item.cut || Date.parse(item.endTime) <= now) return null
  if (item.kind === 'block') return { step: blockStep, stretches: true }
  const status = statusOf(item)
  return item.kind === 'appointment' && status && appointmentLife.can(status, 'reschedule')
    ? { step: item.stepMinutes ?? blockStep, stretches: true }
    : null
}

export function shownDay(column: Column, looking: Looking): ShownDay {
  const { desk, address, now } = looking
  const { locale, words } = desk
  const { key, date, provider, midnight, spans, off } = column
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(Date.parse(date))
  const isToday = column.now !== null
  const weekday = part({ weekday: 'short' })
  const weekdayWord = isToday ? `${weekday}, ${words.todayWord}` : weekday
  const alone = address.view === 'week'
  return {
    ...{ key, date, midnight, spans, off },
    providerId: provider.id,
    serviceIds: provider.serviceIds,
    offName: looking.holidayOf(provider.id, date),
    now: column.now,
    today: isToday,
    name: alone ? part({ dateStyle: 'full' }) : `${provider.name}, ${part({ dateStyle: 'full' })}`,
    head: alone ? (
      <a href={address.href({ view: 'day', date, who: provider.id })}>
        {weekdayWord}
        <strong>{part({ day: 'numeric' })}</strong>
      </a>
    ) : (
      <>
        {weekdayWord}
        <strong>{provider.name}</strong>
      </>
    ),
    items: column.items.map((item) => {
      const { span: _, from: time, ...rest } = told(item, looking)
      return {
        ...rest,
        time,
        from: item.from,
        to: item.to,
        before: item.before,
        after: item.after,
        providerId: item.providerId,
        serviceId: item.serviceId,
        startsAt: Date.parse(item.startTime),
        endsAt: Date.parse(item.endTime),
        seats: item.seats,
        moves: movesOf(item, now),
      }
    }),
  }
}

const byTime = (a: Placed, b: Placed) => Date.parse(a.startTime) - Date.parse(b.startTime)

/** One day of everybody who is looked at. */
const itemsOf = (columns: readonly Column[]) => columns.flatMap((column) => column.items).sort(byTime)

export function monthDay(columns: readonly Column[], looking: Looking): MonthDay {
  const { desk, address } = looking
  const items = itemsOf(columns)
  const date = columns[0]?.date ?? address.date
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(desk.locale, { ...options, timeZone: 'UTC' }).format(Date.parse(date))
  return {
    date,
    number: part({ day: 'numeric' }),
    name: part({ dateStyle: 'full' }),
    href: address.href({ view: 'day', date }),
    today: columns.some((column) => column.now !== null),
    holiday: columns.map((c) => looking.holidayOf(c.provider.id, date)).find(Boolean),
    other: date.slice(0, 7) !== address.date.slice(0, 7),
    closed: columns.every((c) => c.off.length === 1 && c.off[0]?.from === 0 && c.off[0].to === 1440),
    count: items.length,
    entries: items.slice(0, mostShown).map((item) => {
      const { from: time, ...rest } = told(item, looking)
      return { ...rest, time }
    }),
  }
}

export function agendaDay(columns: readonly Column[], looking: Looking): AgendaDay {
  const { desk, address } = looking
  const own = calendarWords[desk.language]
  const date = columns[0]?.date ?? address.date
  const items = itemsOf(columns)
  const nameOf = (id: string) => columns.find((column) => column.provider.id === id)?.provider.name
  const today = columns.some((column) => column.now !== null)
  const holiday = columns.map((c) => looking.holidayOf(c.provider.id, date)).find(Boolean)
  const name = new Intl.DateTimeFormat(desk.locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(Date.parse(date))
  return {
    date,
    name: [name, ...(today ? [desk.words.todayWord] : []), ...(holiday ? [holiday] : [])].join(', '),
    href: address.href({ view: 'day', date }),
    today,
    count: own.count(items.length),
    entries: items.map((item) => {
      const { span, what, ...rest } = told(item, looking)
      const status = statusOf(item)
      const says = item.kind === 'appointment' ? (item.serviceName ?? '') : what
      return {
        ...rest,
        time: span,
        under: [says, nameOf(item.providerId)].filter(Boolean).join(' · '),
        badge:
          status && status !== 'confirmed' ? <StatusBadge noun="appointment" status={status} /> : undefined,
      }
    }),
  }
}
