'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { ApiProvider } from '@/components/api/query-client'
import { IconButton } from '@/components/ui/icon-button'
import { Close } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import styles from './board.module.css'
import { at, BoardItem, Inside } from './board-item'
import { clashesIn, type Day, instantOf, lanesOf, minuteOf, type Shown, type Stretch } from './board-model'
import { CreateChoice } from './create-choice'
import { type Says, useChanges } from './use-changes'
import { type Grip, isMoved, useHand } from './use-hand'
import { useTint } from './use-tint'
import { type CalendarWords, calendarWords } from './words'

export type ShownDay = Day & {
  head: ReactNode
  name: string
  today?: boolean
  now: number | null
  /** Why nobody works all day, where there is more to say than that. */
  offName?: string
}

type Props = {
  label: string
  language: 'en' | 'de'
  locale: string
  zone: string
  businessId: string
  days: readonly ShownDay[]
  from: number
  to: number
  corner: ReactNode
  /** The hours as they are written, one for each full hour from `from` on. */
  hours: readonly string[]
  offWord: string
  /** Where a new appointment is made, with its day, time and provider still to be said. */
  bookAt: string
}

/** Days beside each other, hours down; reached by keys, since it scrolls. Drawn without script; with it, what stands here can be moved. */
export function Board(props: Props) {
  return (
    <ApiProvider>
      <Handled {...props} />
    </ApiProvider>
  )
}

function Handled(props: Props) {
  const { label, language, locale, zone, businessId, from, to, corner, hours, offWord, bookAt } = props
  const words = calendarWords[language]
  const router = useRouter()
  const frame = useRef<HTMLElement>(null)
  const says = useMemo(() => saysIn(locale, zone), [locale, zone])
  const { days, move, blockTime, refused, forget } = useChanges({ days: props.days, businessId, words, says })
  const changed = useTint(props.days)
  const open = (href: string) => router.push(href, { scroll: false })
  const onDrop = ({ what, item, column, ...to }: Grip) => {
    const day = days[column]
    if (what === 'new' || !item || !day || !isMoved({ what, item, column, ...to })) return
    move(item, day, { from: to.from, to: to.to }, clashesIn(day, item, to))
    if (to.by === 'keys') setReturnTo(item.id)
  }
  const [returnTo, setReturnTo] = useState<string | null>(null)
  const { grip, drop, on } = useHand({ frame, days, from, to, onDrop, onOpen: (i) => i.href && open(i.href) })
  useEffect(() => {
    if (returnTo) frame.current?.querySelector<HTMLElement>(`[data-item="${returnTo}"]`)?.focus()
    setReturnTo(null)
  }, [returnTo])
  useEffect(() => reveal(frame.current), [])
  const held = grip && grip.what !== 'new' ? grip : null
  const clash =
    held?.item && days[held.column] ? clashesIn(days[held.column] as Day, held.item, held)[0] : undefined
  const cut = (s: Stretch) => ({ from: Math.max(from, s.from), to: Math.min(to, s.to) })
  return (
    <div className={styles.around}>
      <section
        ref={frame}
        className={styles.frame}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and may have nothing in it that takes the focus.
        tabIndex={0}
        data-holding={grip?.by === 'pointer' && grip.what !== 'new' ? grip.what : undefined}
        {...on}
      >
        <div
          className={styles.board}
          style={{ '--columns': days.length, '--span': to - from } as React.CSSProperties}
        >
          <div className={styles.corner}>{corner}</div>
          {days.map((day) => (
            <h2 key={day.key} className={styles.head} data-today={day.today || undefined}>
              {day.head}
            </h2>
          ))}
          <Hours hours={hours} from={from} days={days} says={says} />
          {days.map((day, index) => (
            <div
              key={day.key}
              className={styles.column}
              data-column={index}
              data-today={day.today || undefined}
            >
              {day.off.map(cut).map((o) =>
                o.to > o.from ? (
                  <div key={o.from} className={styles.off} style={at(o.from, o.to, from)}>
                    {o.to - o.from >= to - from ? <span>{day.offName ?? offWord}</span> : null}
                  </div>
                ) : null,
              )}
              <Items day={day} start={from} lifted={held?.item?.id} changed={changed} onOpen={open} />
              <NowLine day={day} from={from} to={to} />
              {held?.column === index && held.item ? (
                <div
                  className={styles.item}
                  data-ghost=""
                  data-kind={held.item.kind}
                  data-clash={clash ? '' : undefined}
                  aria-hidden="true"
                  style={at(held.from, held.to, from)}
                >
                  <Inside item={{ ...held.item, time: says.stretch(day, held), what: '' }} />
                  {clash ? <span>{words.hand.clash(clash.name)}</span> : null}
                </div>
              ) : null}
              {grip?.what === 'new' && grip.column === index ? (
                <CreateChoice
                  from={grip.from}
                  to={grip.to}
                  start={from}
                  when={says.stretch(day, grip)}
                  words={words}
                  onClose={drop}
                  onBook={() => {
                    drop()
                    open(newAt(bookAt, day, says.minute(grip.from)))
                  }}
                  onBlock={() => {
                    drop()
                    blockTime(day, grip, clashesIn(day, none, grip))
                  }}
                />
              ) : null}
            </div>
          ))}
        </div>
      </section>
      {refused ? (
        <div className={styles.refused}>
          <Note tone="bad" role="alert" title={refused.what}>
            {refused.why} {refused.with ? words.with(refused.with) : ''}
          </Note>
          <IconButton label={words.close} icon={<Close />} size="small" onClick={forget} />
        </div>
      ) : null}
      <p className="vh" role="status">
        {held ? spoken(held, days, clash, words, says) : ''}
      </p>
    </div>
  )
}

/** Today, and what of it is still to come, without anybody scrolling for it. */
function reveal(frame: HTMLElement | null) {
  const line = frame?.querySelector('[data-now]')
  const column = frame?.querySelector('[data-column][data-today]')
  if (!frame || !line || !column) return
  const [outer, inner, now] = [frame, column, line].map((part) => part.getBoundingClientRect())
  if (!outer || !inner || !now) return
  if (now.top > outer.top + outer.height / 2) frame.scrollTop = now.top - inner.top - outer.height / 4
  if (inner.right > outer.right) frame.scrollLeft = inner.left - outer.left - outer.width / 5
}

const none = { id: '', before: 0, after: 0 }

const newAt = (href: string, day: Day, at: string) => {
  const url = new URL(href, 'http://x')
  for (const [name, value] of Object.entries({ for: day.providerId, date: day.date, at }))
    url.searchParams.set(name, value)
  return url.pathname + url.search
}

function spoken(
  held: Grip,
  days: readonly ShownDay[],
  clash: Shown | undefined,
  words: CalendarWords,
  says: ReturnType<typeof saysIn>,
): string {
  const day = days[held.column]
  if (!day || !held.item) return ''
  const when = `${day.name}, ${says.stretch(day, held)}`
  if (!isMoved(held)) {
    const stretches = held.item.moves?.stretches ? ` ${words.hand.stretches}` : ''
    return `${words.hand.chosen(held.item.name, when)} ${words.hand.movable}${stretches}`
  }
  return clash ? `${when}. ${words.hand.clash(clash.name)}` : when
}

type ItemsProps = {
  day: ShownDay
  start: number
  lifted?: string
  changed: ReadonlySet<string>
  onOpen: (href: string) => void
}

function Items({ day, start, lifted, changed, onOpen }: ItemsProps) {
  const lanes = lanesOf(day.items)
  return (
    <ul aria-label={day.name}>
      {day.items.map((item) => (
        <BoardItem
          key={item.id}
          item={item}
          start={start}
          lane={lanes.get(item.id)}
          lifted={item.id === lifted}
          changed={changed.has(item.id)}
          onOpen={onOpen}
        />
      ))}
    </ul>
  )
}

type HoursProps = { hours: readonly string[]; from: number; days: readonly ShownDay[]; says: Says }

function Hours({ hours, from, days, says }: HoursProps) {
  const day = days.find((one) => one.now !== null)
  const now = useNow(day)
  const close = (minute: number) => now !== null && Math.abs(now - minute) < 12
  return (
    <div className={styles.hours} aria-hidden="true">
      {hours.map((hour, n) => {
        const minute = from + n * 60
        return n === 0 || n === hours.length - 1 || close(minute) ? null : (
          <span key={hour} style={at(minute, minute, from)}>
            {hour}
          </span>
        )
      })}
      {day && now !== null ? (
        <span className={styles.clock} style={at(now, now, from)}>
          {says.clock(day, now)}
        </span>
      ) : null}
    </div>
  )
}

function NowLine({ day, from, to }: { day: ShownDay; from: number; to: number }) {
  const now = useNow(day)
  if (now === null || now < from || now > to) return null
  return <div className={styles.now} data-now="" style={at(now, now, from)} />
}

const tickMs = 20_000

/** Where the day is, by the clock; as the server saw it until the first tick. */
function useNow(day: ShownDay | undefined): number | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    if (!day || day.now === null) return
    const timer = setInterval(() => setNow(minuteOf(day, Date.now())), tickMs)
    return () => clearInterval(timer)
  }, [day])
  return day?.now == null ? null : (now ?? day.now)
}

/** Times as they are written where the calendar is. */
function saysIn(locale: string, timeZone: string) {
  const short = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
  const two = (n: number) => String(n).padStart(2, '0')
  return {
    clock: (day: Day, minute: number) => short.format(instantOf(day, minute)),
    stretch: (day: Day, { from, to }: Stretch) => short.formatRange(instantOf(day, from), instantOf(day, to)),
    minute: (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
  }
}
