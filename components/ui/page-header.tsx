import type { ReactNode } from 'react'
import styles from './page-header.module.css'

type Props = {
  title: ReactNode
  /** Arrival: a greeting or a result, larger. */
  arrival?: boolean
  before?: ReactNode
  children?: ReactNode
  actions?: ReactNode
}

export function PageHeader({ title, arrival, before, children, actions }: Props) {
  return (
    <header className={styles.header}>
      {before}
      <div className={styles.words}>
        <h1 data-arrival={arrival || undefined}>{title}</h1>
        {children ? <div className={styles.under}>{children}</div> : null}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </header>
  )
}
