import type { ReactNode } from 'react'
import { Avatar } from '@/components/ui/avatar'
import styles from './shell.module.css'

export type BrandProps = {
  name: string
  href?: string
  under?: ReactNode
  logo?: string | null
  small?: boolean
}

export function Brand({ name, href = '/', under, logo, small }: BrandProps) {
  return (
    <a href={href} className={styles.brand}>
      {name === 'SlotWise' ? (
        <OwnMark />
      ) : (
        <Avatar square name={name} image={logo} size={small ? 'small' : 'default'} />
      )}
      <span className={styles.brandWords}>
        <strong>{name}</strong>
        {under ? <span className={styles.under}>{under}</span> : null}
      </span>
    </a>
  )
}

/** Two times that fit into each other. */
const OwnMark = () => (
  <svg className={styles.mark} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <rect x="2" y="4" width="13" height="7" rx="2.5" />
    <rect x="9" y="13" width="13" height="7" rx="2.5" />
  </svg>
)
