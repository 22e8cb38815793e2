import { useEffect, useRef, useState } from 'react'

const highlightMs = 2000
const none: ReadonlySet<string> = new Set()

/** What is new or not as it was, of things known by a key and a value: for a moment after it changed. */
export function useChanged(things: readonly (readonly [key: string, value: unknown])[]): ReadonlySet<string> {
  const said = JSON.stringify(things)
  const before = useRef(said)
  const [changed, setChanged] = useState(none)
  useEffect(() => {
    if (before.current === said) return
    const known = new Map(JSON.parse(before.current) as [string, unknown][])
    before.current = said
    const now = JSON.parse(said) as [string, unknown][]
    setChanged(new Set(now.filter(([key, value]) => known.get(key) !== value).map(([key]) => key)))
    const timer = setTimeout(() => setChanged(none), highlightMs)
    return () => clearTimeout(timer)
  }, [said])
  return changed
}
