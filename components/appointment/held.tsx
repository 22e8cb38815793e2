'use client'

import { useCallback, useEffect, useState } from 'react'
import { Countdown } from '@/components/ui/countdown'
import styles from './booking.module.css'

type Props = {
  ms: number
  /** Until which clock time; and, with {left} in it, how long that still is. */
  says: string
  left: string
  ranOut: string
  /** Given back already, when it was left. */
  released: boolean
  /** Where it is given back, and where it is taken again. */
  release: string
  again: string
  /** What of the flow the forms of these carry along, the hold and its token among it. */
  step: Record<string, string>
}

/**
 * How long the time is still held. Leaving the page by another way than booking gives it back at once; coming back, or
 * reloading, takes it again, and says so where that cannot be.
 */
export function Held({ ms, says, left, ranOut, released, release, again, step }: Props) {
  const [over, setOver] = useState(ms <= 0)
  const end = useCallback(() => setOver(true), [])
  const { hold = '', token = '' } = step
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
  const fields = new URLSearchParams(step).toString()
  useEffect(() => {
    const take = async () => {
      const body = new URLSearchParams(fields)
      const answer = await fetch(again, { method: 'POST', body }).catch(() => null)
      if (answer?.status === 200) location.replace(((await answer.json()) as { to: string }).to)
      else if (answer?.status === 409) setOver(true)
    }
    const shown = ({ persisted }: PageTransitionEvent) => {
      if (persisted) void take()
    }
    const [how] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (released || how?.type === 'reload' || how?.type === 'back_forward') void take()
    window.addEventListener('pageshow', shown)
    return () => window.removeEventListener('pageshow', shown)
  }, [again, fields, released])
  if (over) return ranOut
  return (
    <span className={styles.held}>
      <span>{says}</span> <Countdown ms={ms} says={left} onEnd={end} />
    </span>
  )
}
