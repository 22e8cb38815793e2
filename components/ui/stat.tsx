import type { ReactNode } from 'react'
import styles from './stat.module.css'

export type StatFacts = {
  label: string
  value: ReactNode
  /** What it means, or how it moved: in words. */
  note?: ReactNode
  tone?: 'good' | 'warn' | 'bad'
  /** The facts behind it. */
  href: string
}

/** Numbers, each of which opens the facts behind it. */
export function Stats({ stats, label }: { stats: readonly StatFacts[]; label: string }) {
  return (
    <ul className={styles.stats} aria-label={label}>
      {stats.map(({ label, value, note, tone, href }) => (
        <li key={label}>
          <a href={href}>
            <span className={styles.label}>{label}</span>
            <strong>{value}</strong>
            {note ? (
              <span className={styles.note} data-tone={tone}>
                {note}
              </span>
            ) : null}
          </a>
        </li>
      ))}
    </ul>
  )
}
