'use client'

import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'
import { type Day, mayStandIn, type Shown, type Stretch, snap, within } from './board-model'

/** What is in the hand: something that stands in the calendar, one of its edges, or a new stretch. */
export type Grip = Stretch & {
  what: 'move' | 'start' | 'end' | 'new'
  by: 'pointer' | 'keys'
  item: Shown | null
  column: number
  was: Stretch & { column: number }
}

type Props = {
  frame: RefObject<HTMLElement | null>
  days: readonly Day[]
  from: number
  to: number
  onDrop: (grip: Grip) => void
  /** Enter on something that was not moved. */
  onOpen: (item: Shown) => void
  disabled?: boolean
}

const stepMinutes = 15
const leastMinutes = 15
const usualMinutes = 60
const farEnough = 4
const longPressMs = 380

/** Moving by pointer, finger or keys what stands in the calendar. Draws nothing: it says where things would be. */
export function useHand({ frame, days, from, to, onDrop, onOpen, disabled }: Props) {
  const [grip, setGrip] = useState<Grip | null>(null)
  const latest = useRef({ days, from, to, onDrop })
  const letGo = useRef<(() => void) | null>(null)
  const justDragged = useRef(false)
  const wasChoosing = useRef(false)
  useEffect(() => {
    latest.current = { days, from, to, onDrop }
  })
  useEffect(() => () => letGo.current?.(), [])

  const drop = () => setGrip(null)
  const itemAt = (element: Element | null): Shown | undefined => {
    const id = element?.closest<HTMLElement>('[data-item]')?.dataset.item
    return days.flatMap((day) => day.items).find((item) => item.id === id)
  }

  /** Which column and minute a point is at: the nearest, where it is beside them. */
  function pointAt(x: number, y: number): { column: number; minute: number } {
    const { from, to } = latest.current
    const columns = [...(frame.current?.querySelectorAll('[data-column]') ?? [])].map((c) =>
      c.getBoundingClientRect(),
    )
    const away = (r: DOMRect) => Math.max(r.left - x, x - r.right, 0)
    const column = columns.reduce((best, r, n) => (away(r) < away(columns[best] as DOMRect) ? n : best), 0)
    const { top, height } = columns[column] as DOMRect
    return { column, minute: from + ((y - top) / height) * (to - from) }
  }

  function carried(start: Grip, grabbed: number, x: number, y: number): Grip {
    const point = pointAt(x, y)
    const { days } = latest.current
    const off = days[start.column]?.off ?? []
    const step = start.item?.moves?.step ?? stepMinutes
    if (start.what === 'new') {
      const [a, b] = [Math.min(grabbed, point.minute), Math.max(grabbed, point.minute)]
      const first = Math.floor(a / stepMinutes) * stepMinutes
      return {
        ...start,
        from: first,
        to: Math.min(1440, Math.max(first + leastMinutes, Math.ceil(b / stepMinutes) * stepMinutes)),
      }
    }
    if (start.what === 'start')
      return {
        ...start,
        from: Math.max(0, Math.min(start.was.to - leastMinutes, snap(point.minute, step, off))),
      }
    if (start.what === 'end')
      return {
        ...start,
        to: Math.min(1440, Math.max(start.was.from + leastMinutes, snap(point.minute, stepMinutes, off))),
      }
    const column = mayStandIn(start.item, days[point.column]) ? point.column : start.column
    const begin = snap(point.minute - grabbed + start.was.from, step, days[column]?.off ?? [])
    return { ...start, column, ...within({ from: begin, to: begin + start.was.to - start.was.from }) }
  }

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    wasChoosing.current = grip?.what === 'new'
    if (disabled || event.button !== 0 || !event.isPrimary || letGo.current) return
    const target = event.target as Element
    const columnOf = target.closest<HTMLElement>('[data-column]')
    if (!columnOf || target.closest('[data-free-hand]')) return
    const item = itemAt(target)
    if (item ? !item.moves : event.pointerType === 'touch') return
    const edge = target.closest<HTMLElement>('[data-edge]')?.dataset.edge
    const { minute, column } = pointAt(event.clientX, event.clientY)
    const was = item ? { from: item.from, to: item.to, column } : { from: minute, to: minute, column }
    const what = item ? (edge === 'start' || edge === 'end' ? edge : 'move') : 'new'
    hold({ what, by: 'pointer', item: item ?? null, ...was, was }, minute, event)
  }

  /** From the press until it is let go, wherever that is. A finger has to rest first, or it scrolls. */
  function hold(start: Grip, grabbed: number, { clientX, clientY, pointerType }: PointerEvent) {
    const touch = pointerType === 'touch'
    let held = false
    const timer = touch ? setTimeout(() => take(), longPressMs) : undefined
    const take = () => {
      held = true
      justDragged.current = true
      setGrip(start)
    }
    const move = (event: globalThis.PointerEvent) => {
      const far = Math.hypot(event.clientX - clientX, event.clientY - clientY) > farEnough * (touch ? 2 : 1)
      if (!held && far && touch) return done()
      if (!held && far) take()
      if (!held) return
      scrollNear(frame.current, event.clientX, event.clientY)
      setGrip(carried(start, grabbed, event.clientX, event.clientY))
    }
    const up = (event: globalThis.PointerEvent) => {
      done()
      if (!held) return
      const last = carried(start, grabbed, event.clientX, event.clientY)
      setGrip(last.what === 'new' ? last : null)
      if (last.what !== 'new') latest.current.onDrop(last)
    }
    const cancel = () => {
      done()
      setGrip(null)
    }
    const key = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || !held) return
      event.preventDefault()
      event.stopPropagation()
      cancel()
    }
    const still = (event: Event) => {
      if (held && event.cancelable) event.preventDefault()
    }
    const done = () => {
      clearTimeout(timer)
      ends.abort()
      letGo.current = null
      // A click follows the press that it ended; what comes later is another one.
      setTimeout(() => {
        justDragged.current = false
      })
    }
    const ends = new AbortController()
    const { signal } = ends
    letGo.current = cancel
    window.addEventListener('pointermove', move, { signal })
    window.addEventListener('pointerup', up, { signal })
    window.addEventListener('pointercancel', cancel, { signal })
    window.addEventListener('keydown', key, { signal, capture: true })
    window.addEventListener('touchmove', still, { signal, passive: false })
    window.addEventListener('contextmenu', still, { signal })
  }

  /** The click that ends a drag opens nothing; one on free time asks what shall be there, or leaves off asking. */
  function onClickCapture(event: MouseEvent<HTMLElement>) {
    if (justDragged.current) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const target = event.target as Element
    const columnOf = target.closest('[data-column]')
    if (disabled || !columnOf || target.closest('[data-item], [data-free-hand]')) return
    if (wasChoosing.current) return drop()
    const { column, minute } = pointAt(event.clientX, event.clientY)
    const first = snap(minute - stepMinutes / 2, stepMinutes, days[column]?.off ?? [])
    const stretch = within({ from: first, to: first + usualMinutes })
    setGrip({ what: 'new', by: 'pointer', item: null, column, ...stretch, was: { ...stretch, column } })
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const item = itemAt(event.target as Element)
    if (disabled || !item || event.altKey || event.ctrlKey || event.metaKey) return
    const held = grip?.by === 'keys' && grip.item?.id === item.id ? grip : null
    if (!held && event.key === 'Enter' && item.moves) {
      event.preventDefault()
      const column = days.findIndex((day) => day.items.some((one) => one.id === item.id))
      const was = { from: item.from, to: item.to, column }
      setGrip({ what: 'move', by: 'keys', item, ...was, was })
    } else if (held && event.key === 'Enter') {
      event.preventDefault()
      setGrip(null)
      if (isMoved(held)) onDrop(held)
      else onOpen(item)
    } else if (held && event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      setGrip(null)
    } else if (/^Arrow/.test(event.key)) {
      event.preventDefault()
      event.stopPropagation()
      const ahead = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
      const [across, down] = [
        event.key === 'ArrowRight' || event.key === 'ArrowLeft' ? (event.key === ahead ? 1 : -1) : 0,
        event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0,
      ]
      if (held) setGrip(stepped(held, across, down, event.shiftKey))
      else focusNext(item, across, down)
    }
  }

  function stepped(held: Grip, across: number, down: number, stretch: boolean): Grip {
    const step = held.item?.moves?.step ?? stepMinutes
    if (stretch && held.item?.moves?.stretches)
      return { ...held, to: Math.min(1440, Math.max(held.from + leastMinutes, held.to + down * stepMinutes)) }
    let column = held.column + across
    while (days[column] && !mayStandIn(held.item, days[column])) column += across
    const begin = snap(held.from + down * step, step, days[held.column]?.off ?? [])
    const length = held.to - held.from
    return {
      ...held,
      column: days[column] ? column : held.column,
      ...within({ from: begin, to: begin + length }),
    }
  }

  /** Along a column, or to what is nearest in the next one that has anything. */
  function focusNext(item: Shown, across: number, down: number) {
    const at = days.findIndex((day) => day.items.some((one) => one.id === item.id))
    const open = (column: number) => (days[column]?.items ?? []).filter((one) => one.href)
    let next: Shown | undefined
    if (down) next = open(at)[open(at).findIndex((one) => one.id === item.id) + down]
    for (let column = at + across; across && days[column] && !next; column += across)
      next = open(column).sort((a, b) => Math.abs(a.from - item.from) - Math.abs(b.from - item.from))[0]
    if (next) frame.current?.querySelector<HTMLElement>(`[data-item="${next.id}"]`)?.focus()
  }

  return { grip, drop, on: { onPointerDown, onClickCapture, onKeyDown } }
}

export const isMoved = ({ from, to, column, was }: Grip): boolean =>
  from !== was.from || to !== was.to || column !== was.column

const edgePixels = 36
const scrollPixels = 12

/** What is carried to the edge of what is seen brings more of it into sight. */
function scrollNear(frame: HTMLElement | null, x: number, y: number) {
  if (!frame) return
  const { top, bottom, left, right } = frame.getBoundingClientRect()
  const toward = (at: number, low: number, high: number) =>
    at < low + edgePixels ? -scrollPixels : at > high - edgePixels ? scrollPixels : 0
  frame.scrollBy(toward(x, left, right), toward(y, Math.max(0, top), Math.min(innerHeight, bottom)))
}
