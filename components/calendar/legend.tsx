import styles from './board.module.css'
import type { CalendarWords } from './words'

const kinds = ['booked', 'pending', 'group', 'held', 'blocked', 'buffer'] as const

export const Legend = ({ words }: { words: CalendarWords['legend'] }) => (
  <ul className={styles.legend}>
    {kinds.map((kind) => (
      <li key={kind}>
        <i data-kind={kind} />
        {words[kind]}
      </li>
    ))}
  </ul>
)
