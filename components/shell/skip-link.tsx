import { Word } from '@/components/ui/language'
import styles from './shell.module.css'

export const SkipLink = () => (
  <a href="#content" className={styles.skip}>
    <Word of="skip" />
  </a>
)
