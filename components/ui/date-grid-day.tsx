import Link from 'next/link'
import styles from './date-grid.module.css'
import type { Day } from './date-grid-model'
import type { Words } from './words'

export type DayFacts = {
  /** Free times, or places, on that day. None: it can be read but not chosen. */
  free: number
  /** Said instead of the number: "closed", "3 places left for beginners". */
  says?: string
}

type Props = {
  day: Day
  /** The date in words. */
  name: string
  facts?: DayFacts
  chosen: boolean
  within: boolean
  stop: boolean
  today: Day
  loading?: boolean
  words: Words
  href?: string
  onFocus: () => void
  onChoose?: (day: Day) => void
}

/** One day of a grid: its number, and marks for few, some or many free times. */
export function DateGridDay(props: Props) {
  const { day, name, facts, chosen, within, stop, today, loading, words, href, onFocus, onChoose } = props
  const count = facts?.free ?? 0
  const free = within && !loading && count > 0
  const says = loading ? words.loading : (facts?.says ?? (free ? words.times(count) : words.noPlaces))
  const shared = {
    className: styles.day,
    'aria-label': [name, day === today ? words.today : null, says].filter(Boolean).join(', '),
    'aria-current': day === today ? ('date' as const) : undefined,
    'data-chosen': chosen || undefined,
    tabIndex: stop ? 0 : -1,
    onFocus,
    // A browser may spell a date otherwise than the server did: what was said stays.
    suppressHydrationWarning: true,
  }
  const inside = (
    <>
      <span>{Number(day.slice(8))}</span>
      <span className={styles.marks} data-level={free ? level(count) : undefined} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </>
  )
  if (href && free)
    return (
      <Link {...shared} href={href} scroll={false} prefetch={false}>
        {inside}
      </Link>
    )
  return (
    <button
      type="button"
      {...shared}
      aria-disabled={free ? undefined : true}
      onClick={() => free && onChoose?.(day)}
    >
      {inside}
    </button>
  )
}

/** Few, some or many. */
const level = (count: number) => (count > 6 ? 3 : count > 2 ? 2 : 1)
