'use client'

import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import styles from './date-grid.module.css'
import { addMonths, clamp, type Day, dayAfterKey, type Month, monthOf, weeksOf } from './date-grid-model'
import { IconButton } from './icon-button'
import { Left, Right } from './icons'
import { useWords } from './language'
import type { Words } from './words'

export type DayFacts = {
  /** Free times, or places, on that day. None: it can be read but not chosen. */
  free: number
  /** How full the marks under the day are: 1 few to 3 many. */
  level?: 1 | 2 | 3
  /** Said instead of the number: "closed", "3 places left for beginners". */
  says?: string
}

type Props = {
  month: Month
  onMonth?: (month: Month) => void
  value?: Day
  onChange?: (day: Day) => void
  days: Readonly<Record<Day, DayFacts>>
  today: Day
  min?: Day
  max?: Day
  locale?: string
  /** As in Intl.Locale: 1 is Monday, 7 Sunday. */
  weekStart?: number
  loading?: boolean
  /** Addresses for reading without script, with {day} and {month} in them. */
  href?: { day: string; month: string }
}

export function DateGrid(props: Props) {
  const { month, onMonth, value, onChange, days, today, min, max, locale = 'en-GB', href } = props
  const { weekStart = 1, loading } = props
  const words = useWords()
  const table = useRef<HTMLTableElement>(null)
  const follow = useRef(false)
  const [focused, setFocused] = useState<Day>()
  const stop = stopOf(props, focused)

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a key, or another month, moves the focus.
  useEffect(() => {
    if (!follow.current) return
    follow.current = false
    table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [stop, month])

  function onKeyDown(event: KeyboardEvent<HTMLTableElement>) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    const next = dayAfterKey(event, stop, { weekStart, rtl })
    if (!next) return
    event.preventDefault()
    const day = clamp(next, min, max)
    follow.current = true
    setFocused(day)
    if (monthOf(day) !== month) onMonth?.(monthOf(day))
  }

  const named = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const title = named.format(utc(`${month}-01`))
  const weeks = weeksOf(month, weekStart)
  const step = (by: number) => monthOf(addMonths(`${month}-01`, by))
  const reach = (to: Month) => (!min || to >= monthOf(min)) && (!max || to <= monthOf(max))
  return (
    <div className={styles.grid} aria-busy={loading || undefined}>
      <header className={styles.head}>
        <h3 aria-live="polite">{title}</h3>
        {([-1, 1] as const).map((by) => (
          <IconButton
            key={by}
            label={by < 0 ? words.previousMonth : words.nextMonth}
            icon={by < 0 ? <Left /> : <Right />}
            aria-disabled={reach(step(by)) ? undefined : true}
            href={href && !onMonth && reach(step(by)) ? href.month.replace('{month}', step(by)) : undefined}
            onClick={() => reach(step(by)) && onMonth?.(step(by))}
          />
        ))}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of days is the pattern's own role. */}
      <table role="grid" aria-label={title} ref={table} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col" abbr={weekday(day, locale, 'long')}>
                {weekday(day, locale, 'short')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a cell of a grid is a gridcell.
                <td key={day} aria-selected={day === value}>
                  {monthOf(day) === month ? (
                    <DayButton
                      {...{ day, locale, words, today, loading }}
                      facts={days[day]}
                      chosen={day === value}
                      within={day === clamp(day, min, max)}
                      stop={day === stop}
                      onFocus={() => setFocused(day)}
                      onChoose={onChange}
                      href={onChange ? undefined : href?.day.replace('{day}', day)}
                    />
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type DayProps = {
  day: Day
  facts?: DayFacts
  chosen: boolean
  within: boolean
  stop: boolean
  today: Day
  locale: string
  loading?: boolean
  words: Words
  href?: string
  onFocus: () => void
  onChoose?: (day: Day) => void
}

function DayButton({
  day,
  facts,
  chosen,
  within,
  stop,
  today,
  locale,
  loading,
  words,
  href,
  ...on
}: DayProps) {
  const free = within && !loading && (facts?.free ?? 0) > 0
  const full = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  const says = loading
    ? words.loading
    : (facts?.says ?? (free && facts ? words.places(facts.free) : words.noPlaces))
  const label = [full.format(utc(day)), day === today ? words.today : null, says].filter(Boolean).join(', ')
  const shared = {
    className: styles.day,
    'aria-label': label,
    'aria-current': day === today ? ('date' as const) : undefined,
    'data-chosen': chosen || undefined,
    tabIndex: stop ? 0 : -1,
    onFocus: on.onFocus,
  }
  const inside = (
    <>
      <span>{Number(day.slice(8))}</span>
      <span className={styles.marks} data-level={free ? (facts?.level ?? 3) : undefined} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </>
  )
  if (href && free)
    return (
      <a {...shared} href={href}>
        {inside}
      </a>
    )
  return (
    <button
      type="button"
      {...shared}
      aria-disabled={free ? undefined : true}
      onClick={() => free && on.onChoose?.(day)}
    >
      {inside}
    </button>
  )
}

/** The one day that Tab stops at: where the focus was, else what is chosen, else the first free day. */
function stopOf({ month, value, today, days, min, max }: Props, focused?: Day): Day {
  const inMonth = (day?: Day): day is Day => day !== undefined && monthOf(day) === month
  if (inMonth(focused)) return focused
  if (inMonth(value)) return value
  const free = Object.keys(days)
    .filter((day) => inMonth(day) && days[day]?.free && day === clamp(day, min, max))
    .sort()[0]
  return free ?? (inMonth(today) ? today : clamp(`${month}-01`, inMonth(min) ? min : undefined, undefined))
}

const utc = (day: Day) => new Date(`${day}T00:00:00Z`)
const weekday = (day: Day, locale: string, style: 'long' | 'short') =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(utc(day))
