'use client'

import type { KeyboardEvent, ReactNode } from 'react'

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** Arrow keys go to the next free day in their direction; Home and End to the first and last; pages turn the month. */
export function MonthKeys({ children }: { children: ReactNode }) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const days = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a[data-free]')]
    const at = days.indexOf(event.target as HTMLAnchorElement)
    if (at < 0) return
    const target = goal(event.key, days, at, event.currentTarget)
    if (!target) return
    event.preventDefault()
    if (event.key === 'PageUp' || event.key === 'PageDown') target.click()
    else target.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the links inside take the focus; this only moves it
    <div onKeyDown={onKeyDown}>{children}</div>
  )
}

function goal(
  key: string,
  days: HTMLAnchorElement[],
  at: number,
  grid: HTMLElement,
): HTMLAnchorElement | null | undefined {
  if (key === 'Home') return days[0]
  if (key === 'End') return days.at(-1)
  const turns = grid.parentElement?.querySelectorAll<HTMLAnchorElement>('h2 ~ a')
  if (key === 'PageDown') return turns?.[turns.length - 1]
  if (key === 'PageUp') return turns && turns.length > 1 ? turns[0] : null
  const step = steps[key]
  if (!step) return null
  if (Math.abs(step) === 1) return days[at + step]
  const dayOf = (a: HTMLAnchorElement) => Number(a.textContent)
  const wanted = dayOf(days[at] as HTMLAnchorElement) + step
  return step > 0 ? days.find((d) => dayOf(d) >= wanted) : days.findLast((d) => dayOf(d) <= wanted)
}
