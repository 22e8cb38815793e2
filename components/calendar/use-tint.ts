'use client'

import { useEffect, useRef, useState } from 'react'
import type { Day } from './board-model'

const tintMs = 2000

/** What came or changed since the page was drawn last: marked once. Another week is not news. */
export function useTint(days: readonly Day[]): ReadonlySet<string> {
  const before = useRef({ view: viewOf(days), items: itemsOf(days) })
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const now = { view: viewOf(days), items: itemsOf(days) }
    const { view, items } = before.current
    before.current = now
    if (view !== now.view) return
    const news = [...now.items].filter(([id, state]) => items.get(id) !== state).map(([id]) => id)
    if (news.length === 0) return
    setChanged(new Set(news))
    const timer = setTimeout(() => setChanged(new Set()), tintMs)
    return () => clearTimeout(timer)
  }, [days])
  return changed
}

const viewOf = (days: readonly Day[]) => days.map((day) => day.key).join()
const itemsOf = (days: readonly Day[]) =>
  new Map(
    days.flatMap((day) =>
      day.items.map((item) => [
        item.id,
        [day.key, item.from, item.to, item.status, item.seats?.taken].join(),
      ]),
    ),
  )
