'use client'

import { useEffect, useState } from 'react'

type Props = {
  until: string
  held: string
  language: 'en' | 'de'
  ranOut: string
  release: string
  hold: string
  token: string
}

const leftIn = { en: (clock: string) => `${clock} left`, de: (clock: string) => `noch ${clock}` }

/** How long the time is still held. Leaving the page by another way than booking gives it back at once. */
export function Countdown({ until, held, language, ranOut, release, hold, token }: Props) {
  const end = Date.parse(until)
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    const tick = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(tick)
  }, [])
  useEffect(() => {
    let booking = false
    const sending = () => {
      booking = true
    }
    const leaving = () => {
      if (booking) return
      navigator.sendBeacon(release, new URLSearchParams({ hold, token }))
    }
    document.addEventListener('submit', sending)
    window.addEventListener('pagehide', leaving)
    return () => {
      document.removeEventListener('submit', sending)
      window.removeEventListener('pagehide', leaving)
    }
  }, [release, hold, token])
  const seconds = now === null ? null : Math.max(0, Math.ceil((end - now) / 1000))
  if (seconds === 0) return <>{ranOut}</>
  const clock = seconds === null ? '' : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <>
      {held}
      {seconds === null ? null : <span aria-hidden="true"> · {leftIn[language](clock)}</span>}
    </>
  )
}
