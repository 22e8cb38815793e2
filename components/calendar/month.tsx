import type { ReactNode } from 'react'
import styles from './month.module.css'

export type MonthEntry = {
  id: string
  kind: 'appointment' | 'group' | 'hold' | 'block' | 'outside'
  status?: string | null
  time: string
  title: string
  href?: string
  open?: boolean
  past?: boolean
}
export type MonthDay = {
  date: string
  number: string
  name: string
  href: string
  today: boolean
  /** Of the month before or after. */
  other: boolean
  closed: boolean
  holiday?: string
  /** How many there are, and as many of them as are shown. */
  count: number
  entries: readonly MonthEntry[]
}

type Props = {
  label: string
  weekdays: readonly { short: string; long: string }[]
  weeks: readonly (readonly MonthDay[])[]
  more: (count: number) => string
  count: (count: number) => string
}

export const mostShown = 4

/** A month at a glance: each day leads to itself, each entry to what can be done with it. */
export function MonthBoard({ label, weekdays, weeks, more, count }: Props) {
  return (
    <div className={styles.frame}>
      <table className={styles.month} aria-label={label}>
        <thead>
          <tr>
            {weekdays.map(({ short, long }) => (
              <th key={long} scope="col" abbr={long}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.date}>
              {week.map((day) => (
                <td
                  key={day.date}
                  data-other={day.other || undefined}
                  data-closed={day.closed || undefined}
                  data-today={day.today || undefined}
                >
                  <a
                    href={day.href}
                    className={styles.number}
                    aria-label={[day.name, day.holiday, count(day.count)].filter(Boolean).join(', ')}
                    aria-current={day.today ? 'date' : undefined}
                  >
                    <span>{day.number}</span>
                    <Dots entries={day.entries} />
                  </a>
                  {day.holiday ? <small className={styles.holiday}>{day.holiday}</small> : null}
                  <Entries day={day} more={more} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What a narrow screen has room for. */
const Dots = ({ entries }: { entries: readonly MonthEntry[] }) => (
  <span className={styles.dots} aria-hidden="true">
    {entries.slice(0, 3).map((entry) => (
      <i key={entry.id} data-kind={entry.kind} data-status={entry.status ?? undefined} />
    ))}
  </span>
)

function Entries({ day, more }: { day: MonthDay; more: Props['more'] }): ReactNode {
  if (day.entries.length === 0) return null
  const shown = day.count > mostShown ? day.entries.slice(0, mostShown - 1) : day.entries
  const rest = day.count - shown.length
  return (
    <ul>
      {shown.map((entry) => (
        <li key={entry.id}>
          <Entry entry={entry} />
        </li>
      ))}
      {rest > 0 ? (
        <li>
          <a href={day.href} className={styles.more}>
            {more(rest)}
          </a>
        </li>
      ) : null}
    </ul>
  )
}

function Entry({ entry: { kind, status, time, title, href, open, past } }: { entry: MonthEntry }) {
  const look = {
    className: styles.entry,
    'data-kind': kind,
    'data-status': status ?? undefined,
    'data-past': past || undefined,
  }
  const inside = (
    <>
      <span>{time}</span> <strong>{title}</strong>
    </>
  )
  if (!href) return <span {...look}>{inside}</span>
  return (
    <a {...look} href={href} aria-current={open ? 'true' : undefined}>
      {inside}
    </a>
  )
}
