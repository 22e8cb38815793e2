'use client'

import { useEffect, useState } from 'react'
import styles from './countdown.module.css'

type Props = {
  /** How many milliseconds are left as it is drawn: the reader's clock may be wrong, how fast it goes is not. */
  ms: number
  /** With {left} where the time goes. */
  says?: string
  onEnd?: () => void
}

/** Minutes and seconds that are left, stepping once a second. Not spoken at every step: who holds it says when it matters. */
export function Countdown({ ms, says = '{left}', onEnd }: Props) {
  const [left, setLeft] = useState<number>()
  useEffect(() => {
    const end = Date.now() + ms
    const step = () => {
      setLeft(end - Date.now())
      if (Date.now() >= end) {
        clearInterval(timer)
        onEnd?.()
      }
    }
    const timer = setInterval(step, 1000)
    step()
    return () => clearInterval(timer)
  }, [ms, onEnd])
  return (
    <span role="timer" aria-live="off" className={left === undefined ? styles.unknown : undefined}>
      {says.replace('{left}', left === undefined ? '0:00' : clock(left))}
    </span>
  )
}

const clock = (milliseconds: number) => {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
