import type { CSSProperties, ReactNode } from 'react'
import styles from './accent.module.css'

const hex = /^#[0-9a-f]{6}$/i

/** A business's colour for what it holds. The one value that no style sheet can know; anything but a colour is ignored. */
export function Accent({ color, children }: { color?: string | null; children: ReactNode }) {
  if (!color || !hex.test(color)) return <>{children}</>
  return (
    <div data-accent="" className={styles.accent} style={{ '--accent': color } as CSSProperties}>
      {children}
    </div>
  )
}
