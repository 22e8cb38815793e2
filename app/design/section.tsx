import type { ReactNode } from 'react'
import styles from './design.module.css'

type Props = { title: string; note?: string; wide?: boolean; children: ReactNode }

export function Section({ title, note, wide, children }: Props) {
  return (
    <section className={styles.section} data-wide={wide || undefined}>
      <header>
        <h2>{title}</h2>
        {note ? <p>{note}</p> : null}
      </header>
      {children}
    </section>
  )
}
