import type { ReactNode } from 'react'
import styles from './card.module.css'
import { cn } from './class-names'

type Props = {
  title?: ReactNode
  /** Stands beside the title, at the end. */
  aside?: ReactNode
  footer?: ReactNode
  /** 2 unless the card stands under another heading. */
  level?: 2 | 3
  /** Rows of the full width instead of padded content. */
  flush?: boolean
  id?: string
  className?: string
  children?: ReactNode
}

/** One thing with a heading and mixed content. Cards never stand in cards. */
export function Card({ title, aside, footer, level = 2, flush, id, className, children }: Props) {
  const Heading = `h${level}` as const
  return (
    <section className={cn(styles.card, className)} id={id}>
      {title ? (
        <header className={styles.head}>
          <Heading className={styles.title}>{title}</Heading>
          {aside ? <div className={styles.aside}>{aside}</div> : null}
        </header>
      ) : null}
      {flush ? children : <div className={styles.body}>{children}</div>}
      {footer ? <footer className={styles.foot}>{footer}</footer> : null}
    </section>
  )
}

/** A list whose rows are opened, not compared. Put it in a flush card, or let it be one with `alone`. */
export function List({ children, alone, label }: { children: ReactNode; alone?: boolean; label?: string }) {
  return (
    <ul className={cn(styles.list, alone && styles.card)} aria-label={label}>
      {children}
    </ul>
  )
}

type ItemProps = {
  href?: string
  before?: ReactNode
  title: ReactNode
  children?: ReactNode
  after?: ReactNode
  /** Tinted once, then it fades: somebody else has just changed it. */
  changed?: boolean
}

export function ListItem({ href, before, title, children, after, changed }: ItemProps) {
  return (
    <li className={styles.item} data-link={href ? '' : undefined} data-changed={changed || undefined}>
      {before}
      <div className={styles.words}>
        {href ? (
          <a href={href} className={styles.opens}>
            {title}
          </a>
        ) : (
          <span className={styles.name}>{title}</span>
        )}
        {children}
      </div>
      {after ? <div className={styles.after}>{after}</div> : null}
    </li>
  )
}

/** Names and values, the names aligned. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
