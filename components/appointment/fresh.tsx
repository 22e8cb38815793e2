'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef } from 'react'
import { useLive, useLiveStatus } from '@/components/api/live'
import styles from './booking.module.css'

type Props = { topics: string[]; language: 'en' | 'de' }

const said = {
  en: { live: 'Live', polling: 'Every 15 s', offline: (clock: string) => `Offline, as of ${clock}` },
  de: { live: 'Live', polling: 'Alle 15 s', offline: (clock: string) => `Offline, Stand ${clock}` },
}

const coalesceMs = 150
const pollMs = 15_000

/** Draws the page's times again when somebody acted on these calendars, and says how current they are. */
export function Fresh({ topics, language }: Props) {
  const router = useRouter()
  const { status, since } = useLiveStatus()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const refresh = useCallback(async () => {
    // The framework leaves the page for an error when it cannot be drawn again: ask first whether anybody answers.
    const there = await fetch('/api/health', { cache: 'no-store' }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (there) router.refresh()
  }, [router])
  const again = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(refresh, coalesceMs)
  }
  useLive(topics, again, again)
  useEffect(() => {
    if (status === 'live') return
    const poll = setInterval(refresh, pollMs)
    return () => clearInterval(poll)
  }, [status, refresh])
  const w = said[language]
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
  return (
    <span className={styles.live} data-status={status} role="status">
      {status === 'live' ? w.live : status === 'polling' ? w.polling : w.offline(clock.format(since))}
    </span>
  )
}
