'use client'

import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import styles from './date-grid.module.css'
import { DateGridDay, type DayFacts } from './date-grid-day'
import { addMonths, clamp, type Day, dayAfterKey, type Month, monthOf, weeksOf } from './date-grid-model'
import { IconButton } from './icon-button'
import { Left, Right } from './icons'
import { useWords } from './language'

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
  /** Addresses with {day} and {month} in them: days and months are links then, and work before any script. */
  href?: { day: string; month: string }
  heading?: 'h2' | 'h3'
}

/** A month of days, each saying what it has. Weeks that are over are left out. */
export function DateGrid(props: Props) {
  const { month, value, onChange, days, today, min, max, locale = 'en-GB', href } = props
  const { weekStart = 1, loading, heading: Heading = 'h3' } = props
  const words = useWords()
  const router = useRouter()
  const scripted = useSyncExternalStore(never, yes, no)
  const table = useRef<HTMLTableElement>(null)
  const follow = useRef(false)
  const [focused, setFocused] = useState<Day>()
  const stop = stopOf(props, focused)

  useEffect(() => {
    if (!follow.current || monthOf(stop) !== month) return
    follow.current = false
    table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [stop, month])

  const step = (by: number) => monthOf(addMonths(`${month}-01`, by))
  const reach = (to: Month) => (!min || to >= monthOf(min)) && (!max || to <= monthOf(max))
  const address = (to: Month) => href?.month.replace('{month}', to)
  const turn = (to: Month) => {
    const there = address(to)
    if (props.onMonth) props.onMonth(to)
    else if (there) router.push(there, { scroll: false })
  }

  function onKeyDown(event: KeyboardEvent<HTMLTableElement>) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl'
    const next = dayAfterKey(event, stop, { weekStart, rtl })
    if (!next) return
    event.preventDefault()
    const day = clamp(next, min, max)
    follow.current = true
    setFocused(day)
    if (monthOf(day) !== month) turn(monthOf(day))
  }

  const named = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const full = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  const title = named.format(utc(`${month}-01`))
  const weeks = weeksOf(month, weekStart).filter((week) => !min || (week.at(-1) ?? '') >= min)
  return (
    <div className={styles.grid} aria-busy={loading || undefined}>
      <header className={styles.head}>
        <Heading aria-live="polite" suppressHydrationWarning>
          {title}
        </Heading>
        {([-1, 1] as const).map((by) => (
          <IconButton
            key={by}
            label={by < 0 ? words.previousMonth : words.nextMonth}
            icon={by < 0 ? <Left /> : <Right />}
            aria-disabled={reach(step(by)) ? undefined : true}
            href={!props.onMonth && reach(step(by)) ? address(step(by)) : undefined}
            link={{ scroll: false, prefetch: by > 0 }}
            onClick={() => reach(step(by)) && turn(step(by))}
          />
        ))}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of days is the pattern's own role. */}
      <table role="grid" aria-label={title} ref={table} onKeyDown={onKeyDown} suppressHydrationWarning>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col" abbr={weekday(day, locale, 'long')} suppressHydrationWarning>
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
                    <DateGridDay
                      {...{ day, words, today, loading }}
                      name={full.format(utc(day))}
                      facts={days[day]}
                      chosen={day === value}
                      within={day === clamp(day, min, max)}
                      stop={day === stop || !scripted}
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

// Without script Tab stops at every day, for no arrow key leads to the others.
const never = () => () => {}
const yes = () => true
const no = () => false

const utc = (day: Day) => new Date(`${day}T00:00:00Z`)
const weekday = (day: Day, locale: string, style: 'long' | 'short') =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(utc(day))
