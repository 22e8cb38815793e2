export type Toast = {
  id: number
  text: string
  /** The way back. Where there is one, a message waits as long as it. */
  undo?: () => void
  forMs: number
}

type Given = { undo?: () => void; forMs?: number }

let shown: readonly Toast[] = []
let last = 0
const listeners = new Set<() => void>()

function put(next: readonly Toast[]): void {
  shown = next
  for (const tell of listeners) tell()
}

/** Says in passing that something was done. What needs an answer stands on the page instead. */
export function toast(text: string, { undo, forMs = undo ? 10_000 : 5000 }: Given = {}): number {
  last += 1
  put([...shown.slice(-2), { id: last, text, undo, forMs }])
  return last
}

export const dismiss = (id: number): void => put(shown.filter((one) => one.id !== id))

export const toasts = {
  subscribe(tell: () => void) {
    listeners.add(tell)
    return () => void listeners.delete(tell)
  },
  now: () => shown,
}
