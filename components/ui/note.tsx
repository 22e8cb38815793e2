import type { ReactNode } from 'react'
import { Info, RingCheck, Triangle } from './icons'
import styles from './note.module.css'
import type { Tone } from './status'

const icons = { info: Info, good: RingCheck, warn: Triangle, bad: Triangle, hold: Info, none: Info }
type Props = {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  /** The way out, beside what went wrong. */
  actions?: ReactNode
  /** `alert` is read at once, `status` when there is a pause. Leave it away for what was there from the start. */
  role?: 'alert' | 'status'
}

export function Note({ tone = 'info', title, children, actions, role }: Props) {
  const Icon = icons[tone]
  return (
    <div className={styles.note} data-tone={tone} role={role}>
      <Icon />
      <div className={styles.words}>
        {title ? <strong>{title}</strong> : null}
        {children ? <div>{children}</div> : null}
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
    </div>
  )
}
