'use client'

import { useCallback, useEffect, useState } from 'react'
import { Countdown } from '@/components/ui/countdown'
import styles from './booking.module.css'

type Props = {
  until: string
  /** Until which clock time; and, with {left} in it, how long that still is. */
  says: string
  left: string
  ranOut: string
  release: string
  hold: string
  token: string
}

/** How long the time is still held. Leaving the page by another way than booking gives it back at once. */
export function Held({ until, says, left, ranOut, release, hold, token }: Props) {
  const [over, setOver] = useState(false)
  const end = useCallback(() => setOver(true), [])
  useEffect(() => {
    let booking = false
    const sending = () => {
      booking = true
    }
    const leaving = () => {
      if (!booking) navigator.sendBeacon(release, new URLSearchParams({ hold, token }))
    }
    document.addEventListener('submit', sending)
    window.addEventListener('pagehide', leaving)
    return () => {
      document.removeEventListener('submit', sending)
      window.removeEventListener('pagehide', leaving)
    }
  }, [release, hold, token])
  if (over) return ranOut
  return (
    <span className={styles.held}>
      <span>{says}</span> <Countdown until={until} says={left} onEnd={end} />
    </span>
  )
}
