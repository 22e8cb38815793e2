import type { ReactNode } from 'react'
import styles from './badge.module.css'
import type { IconType } from './icons'
import type { Tone } from './status'

type Props = { tone: Tone; icon: IconType; children: ReactNode; plain?: boolean }

/** A judgement: tone, icon and word, always all three. `plain` leaves the ground away, beside text. */
export function Badge({ tone, icon: Icon, children, plain }: Props) {
  return (
    <span className={styles.badge} data-tone={tone} data-plain={plain || undefined}>
      <Icon />
      <span>{children}</span>
    </span>
  )
}

/** Evidence or an attribute, without a judgement. */
export function Chip({ icon: Icon, children }: { icon?: IconType; children: ReactNode }) {
  return (
    <span className={styles.chip}>
      {Icon ? <Icon /> : null}
      <span>{children}</span>
    </span>
  )
}

/** Filled only if it waits for this person. */
export function Count({
  children,
  waits,
  says,
}: {
  children: number | string
  waits?: boolean
  says?: string
}) {
  return (
    <span className={styles.count} data-waits={waits || undefined}>
      {children}
      {says ? <span className="vh"> {says}</span> : null}
    </span>
  )
}
