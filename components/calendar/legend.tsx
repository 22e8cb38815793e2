import styles from './board.module.css'
import type { CalendarWords } from './words'

const kinds = ['booked', 'pending', 'group', 'held', 'blocked', 'outside', 'buffer'] as const

/** `outside` is told only where there is any. */
export const Legend = ({ words, outside }: { words: CalendarWords['legend']; outside: boolean }) => (
  <ul className={styles.legend}>
    {kinds.map((kind) =>
      kind === 'outside' && !outside ? null : (
        <li key={kind}>
          <i data-kind={kind} />
          {words[kind]}
        </li>
      ),
    )}
  </ul>
)
