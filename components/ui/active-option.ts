import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

/** The option that the arrows have come to while the focus stays in the field above the list. */
export function useActiveOption(count: number, choose: (index: number) => void) {
  const [active, setActive] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const at = Math.min(active, Math.max(0, count - 1))
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is kept in sight whenever it moves.
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' })
  }, [at, count])

  /** True if the key was one of the list's. */
  function onKey(event: KeyboardEvent): boolean {
    const to = {
      ArrowDown: (at + 1) % Math.max(1, count),
      ArrowUp: (at - 1 + count) % Math.max(1, count),
      PageDown: Math.min(count - 1, at + 8),
      PageUp: Math.max(0, at - 8),
    }[event.key]
    if (event.nativeEvent.isComposing) return false
    if (event.key === 'Enter' && count > 0) choose(at)
    else if (to !== undefined) setActive(to)
    else return false
    event.preventDefault()
    return true
  }
  return { active: at, setActive, list, onKey }
}
