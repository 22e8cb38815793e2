'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useRef } from 'react'
import { useLive, useLiveStatus } from '@/components/api/live'
import { LiveIndicator } from '@/components/ui/live-indicator'

type Props = {
  topics: string[]
  /** Of the links that let follow what is not public. */
  tokens?: string[]
}

const coalesceMs = 150

/** Draws the page's times again when somebody acted on these calendars, or may have, and says how current they are. */
export function Fresh({ topics, tokens }: Props) {
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
  useLive(topics, again, again, tokens)
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
  return <LiveIndicator steady mode={status} time={status === 'offline' ? clock.format(since) : undefined} />
}
