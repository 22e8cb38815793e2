import { words } from '@/components/ui/words'
import styles from './shell.module.css'

export const SkipLink = ({ children = words.skip }: { children?: string }) => (
  <a href="#content" className={styles.skip}>
    {children}
  </a>
)
