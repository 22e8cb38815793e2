'use client'

import { useEffect, useState } from 'react'
import styles from './countdown.module.css'

type Props = {
  until: string
  /** With {left} where the time goes. */
  says?: string
  onEnd?: () => void
}

/** Minutes and seconds until an instant, stepping once a second. Not spoken at every step: who holds it says when it matters. */
export function Countdown({ until, says = '{left}', onEnd }: Props) {
  const [now, setNow] = useState<number>()
  const end = Date.parse(until)
  useEffect(() => {
    const step = () => {
      setNow(Date.now())
      if (Date.now() >= end) {
        clearInterval(timer)
        onEnd?.()
      }
    }
    const timer = setInterval(step, 1000)
    step()
    return () => clearInterval(timer)
  }, [end, onEnd])
  return (
    <span role="timer" aria-live="off" className={now === undefined ? styles.unknown : undefined}>
      {says.replace('{left}', now === undefined ? '0:00' : clock(end - now))}
    </span>
  )
}

const clock = (milliseconds: number) => {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
