'use client'

import { useEffect, useRef, useSyncExternalStore } from 'react'
import { LiveClient, type LiveStatus, type Subscriber } from './live-client'

export type { LiveStatus } from './live-client'

/** One for all components of a page. It does nothing until one of them follows something. */
const client = new LiveClient()

/** Calls back when something with one of these topics happened, or may have. */
export function useLive(
  topics: readonly string[],
  onHint: Subscriber['onHint'],
  onReset: Subscriber['onReset'] = () => {},
  tokens: readonly string[] = [],
): void {
  const latest = useRef({ onHint, onReset })
  useEffect(() => {
    latest.current = { onHint, onReset }
  })
  const wanted = JSON.stringify([topics, tokens])
  useEffect(() => {
    const [topics, tokens] = JSON.parse(wanted) as [string[], string[]]
    if (topics.length === 0) return
    return client.subscribe({
      topics,
      tokens,
      onHint: (hint) => latest.current.onHint(hint),
      onReset: () => latest.current.onReset(),
    })
  }, [wanted])
}

const atFirst: LiveStatus = { status: 'polling', since: 0 }

/** Whether what is shown keeps itself current, is asked for now and then, or stands still; and since when. */
export const useLiveStatus = (): LiveStatus =>
  useSyncExternalStore(
    (watcher) => client.watch(watcher),
    () => client.status,
    () => atFirst,
  )
