import type { ReactNode } from 'react'
import { Button } from './button'
import styles from './empty-state.module.css'
import { type IconType, Offline, Tray } from './icons'

type Props = { icon?: IconType; title: ReactNode; children?: ReactNode; action?: ReactNode }

/** Says what would be here and how it comes. */
export function EmptyState({ icon: Icon = Tray, title, children, action }: Props) {
  return (
    <div className={styles.empty}>
      <Icon />
      <div className={styles.words}>
        <strong>{title}</strong>
        {children ? <p>{children}</p> : null}
      </div>
      {action}
    </div>
  )
}

/** A part that could not be shown: what happened, that nothing is lost, and the way out. */
export function ErrorState({ title, children, retry, retryWord, href, correlation }: ErrorProps) {
  return (
    <div className={styles.empty} role="alert">
      <Offline />
      <div className={styles.words}>
        <strong>{title}</strong>
        {children ? <p>{children}</p> : null}
      </div>
      {retry || href ? (
        <Button onClick={retry} href={href}>
          {retryWord}
        </Button>
      ) : null}
      {correlation ? <code className={styles.trace}>{correlation}</code> : null}
    </div>
  )
}

type ErrorProps = {
  title: ReactNode
  children?: ReactNode
  retry?: () => void
  href?: string
  retryWord?: string
  /** What to quote when asking for help. */
  correlation?: string
}
