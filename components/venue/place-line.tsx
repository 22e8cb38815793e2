import { Pin } from '@/components/ui/icons'
import styles from './where.module.css'

/** Where somebody or something is to be found, in a line. */
export const PlaceLine = ({ children }: { children: string }) => (
  <p className={styles.line}>
    <Pin />
    {children}
  </p>
)
