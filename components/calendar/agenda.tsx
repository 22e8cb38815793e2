import type { ReactNode } from 'react'
import { External, Lock } from '@/components/ui/icons'
import styles from './agenda.module.css'

export type AgendaEntry = {
  id: string
  kind: 'appointment' | 'group' | 'hold' | 'block' | 'outside'
  status?: string | null
  time: string
  title: string
  under: string
  href?: string
  open?: boolean
  past?: boolean
  badge?: ReactNode
}
export type AgendaDay = {
  date: string
  name: string
  href: string
  today: boolean
  count: string
  entries: readonly AgendaEntry[]
}

/** What comes, day by day, one below the other: the calendar for a narrow screen and for reading aloud. */
export const AgendaList = ({ days }: { days: readonly AgendaDay[] }) => (
  <div className={styles.agenda}>
    {days.map((day) => (
      <section key={day.date} aria-labelledby={`day-${day.date}`}>
        <h2 id={`day-${day.date}`} data-today={day.today || undefined}>
          <a href={day.href}>{day.name}</a>
          <span>{day.count}</span>
        </h2>
        <ul>
          {day.entries.map((entry) => (
            <Row key={entry.id} entry={entry} />
          ))}
        </ul>
      </section>
    ))}
  </div>
)

function Row({
  entry: { kind, status, time, title, under, href, open, past, badge },
}: {
  entry: AgendaEntry
}) {
  return (
    <li
      className={styles.row}
      data-kind={kind}
      data-status={status ?? undefined}
      data-past={past || undefined}
      data-link={href ? '' : undefined}
    >
      <span className={styles.time}>{time}</span>
      <div className={styles.words}>
        {href ? (
          <a href={href} aria-current={open ? 'true' : undefined}>
            {title}
          </a>
        ) : (
          <span>{title}</span>
        )}
        <small>{under}</small>
      </div>
      {kind === 'block' ? <Lock /> : kind === 'outside' ? <External /> : badge}
    </li>
  )
}
