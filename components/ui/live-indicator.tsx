'use client'

import { useWords } from './language'
import styles from './live-indicator.module.css'

type Props = {
  mode: 'live' | 'polling' | 'offline'
  /** The clock time at which what is shown was current; said where it is not live. */
  time?: string
  everySeconds?: number
  /** Keeps the place of its longest words, where other things stand beside it. */
  steady?: boolean
}

/** Says how current the page is, in words and by a shape. */
export function LiveIndicator({ mode, time, everySeconds = 15, steady }: Props) {
  const words = useWords()
  const said = {
    live: words.live,
    polling: capital(words.every(everySeconds)),
    offline: capital(time ? words.offlineAsOf(time) : words.offline),
  }[mode]
  return (
    <span className={styles.place} data-steady={steady || undefined} role="status">
      {/* Other words are another element: it takes the place of the one before, and nothing moves. */}
      <span key={mode} className={styles.live} data-mode={mode}>
        {said}
        {mode !== 'offline' && time ? <span> · {words.currentAt(time)}</span> : null}
      </span>
    </span>
  )
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)
