import type { ReactNode } from 'react'
import styles from './tabs.module.css'

type Props = { label: string; tabs: readonly { href: string; label: ReactNode; current?: boolean }[] }

/** Tabs that are pages of their own: links, so that each has an address and works without script. */
export function TabLinks({ label, tabs }: Props) {
  return (
    <nav aria-label={label} className={styles.links}>
      <ul className={styles.tabs}>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} className={styles.tab} aria-current={tab.current ? 'page' : undefined}>
              {tab.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
