'use client'

import { type Time, TimeList } from '@/components/ui/time-list'
import { useChanged } from '@/components/ui/use-changed'

type Props = { label: string; times: readonly Time[] }

/** Free times as the buttons of the form around them. What came back, or changed, is marked for a moment. */
export function FreshTimes({ label, times }: Props) {
  const changed = useChanged(times.map((time) => [time.id ?? time.at, time.seats?.left ?? null]))
  const marked = times.map((time) => (changed.has(time.id ?? time.at) ? { ...time, changed: true } : time))
  return <TimeList label={label} times={marked} field="startTime" />
}
