import type { ReactNode } from 'react'
import styles from './bottom-bar.module.css'

/** What will happen, in words; then the ways on, the main one last. Stays in sight while one scrolls. */
export function BottomBar({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <div className={styles.bar}>
      <div className={styles.words}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </div>
  )
}
