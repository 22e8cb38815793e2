import Link from 'next/link'
import styles from './booking.module.css'
import { MonthKeys } from './month-keys'
import type { BookingWords } from './words'

type Props = {
  /** YYYY-MM */
  month: string
  chosen: string
  /** Free times on each day that has any. */
  free: ReadonlyMap<string, number>
  today: string
  language: string
  words: BookingWords
  href: (query: { day?: string; month?: string }) => string
}

const iso = (at: number) => new Date(at).toISOString().slice(0, 10)
const dayMs = 86_400_000

/** A month of days as links, so that it works before any script; arrow keys move between them when there is one. */
export function Month({ month, chosen, free, today, language, words, href }: Props) {
  const first = Date.parse(`${month}-01`)
  const lead = (new Date(first).getUTCDay() + 6) % 7
  const length = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()
  const cells = Array.from({ length: Math.ceil((lead + length) / 7) * 7 }, (_, i) => {
    const n = i - lead
    return n < 0 || n >= length ? null : iso(first + n * dayMs)
  })
  const weeks = Array.from({ length: cells.length / 7 }, (_, w) => cells.slice(w * 7, w * 7 + 7)).filter(
    (week) => week.some((date) => date !== null && date >= today),
  )
  const title = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    first,
  )
  const spoken = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  const step = (by: number) =>
    iso(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + by, 1)).slice(0, 7)
  return (
    <section className={styles.month} aria-labelledby="month">
      <div className={styles.monthBar}>
        <h2 id="month">{title}</h2>
        {month > today.slice(0, 7) ? (
          <Link
            className={styles.step}
            href={href({ month: step(-1) })}
            aria-label={words.earlier}
            scroll={false}
          >
            ‹
          </Link>
        ) : (
          <span className={styles.step} aria-hidden="true" />
        )}
        <Link className={styles.step} href={href({ month: step(1) })} aria-label={words.later} scroll={false}>
          ›
        </Link>
      </div>
      <MonthKeys>
        <table className={styles.grid}>
          <thead>
            <tr>
              {words.weekdays.map((name) => (
                <th key={name} scope="col" abbr={name}>
                  {name.slice(0, 2)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week, w) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: weeks have no other name
              <tr key={w}>
                {week.map((date, d) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: nor have the blanks
                  <td key={d}>
                    {date ? (
                      <Day
                        {...{ date, chosen, today, words, href }}
                        spoken={spoken}
                        count={free.get(date) ?? 0}
                      />
                    ) : null}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </MonthKeys>
    </section>
  )
}

type DayProps = Pick<Props, 'chosen' | 'today' | 'words' | 'href'> & {
  date: string
  count: number
  spoken: Intl.DateTimeFormat
}

function Day({ date, count, chosen, today, words, href, spoken }: DayProps) {
  const label = `${spoken.format(Date.parse(date))}, ${count > 0 ? `${count} ${words.dayFree}` : words.dayFull}`
  const number = Number(date.slice(8))
  const common = { className: styles.day, 'aria-label': label, 'data-today': date === today || undefined }
  if (count === 0)
    return (
      <span role="img" {...common}>
        {number}
      </span>
    )
  return (
    <Link
      {...common}
      href={href({ day: date })}
      scroll={false}
      aria-current={date === chosen ? 'date' : undefined}
      data-free="true"
    >
      {number}
    </Link>
  )
}
