'use client'

import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Button } from './button'
import { IconButton } from './icon-button'
import { Check, Close } from './icons'
import { useWords } from './language'
import { dismiss, type Toast, toasts } from './toast'
import styles from './toast.module.css'
import type { Words } from './words'

const none: readonly Toast[] = []

/** Where toasts appear: once, in the frame of a page. Above dialogs too, for it is shown in the top layer. */
export function Toaster() {
  const words = useWords()
  const shown = useSyncExternalStore(toasts.subscribe, toasts.now, () => none)
  const [held, setHeld] = useState(false)
  const place = useRef<HTMLElement>(null)
  const newest = shown.at(-1)?.id
  useEffect(() => {
    const box = place.current
    if (box?.matches(':popover-open')) box.hidePopover()
    if (newest !== undefined) box?.showPopover()
  }, [newest])
  return (
    <section
      ref={place}
      popover="manual"
      aria-label={words.notices}
      className={styles.place}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div role="status" className={styles.list}>
        {shown.map((one) => (
          <Shown key={one.id} toast={one} held={held} words={words} />
        ))}
      </div>
    </section>
  )
}

function Shown({ toast, held, words }: { toast: Toast; held: boolean; words: Words }) {
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(toast.id), toast.forMs)
    return () => clearTimeout(timer)
  }, [toast, held])
  return (
    <div className={styles.toast}>
      <Check />
      <span className={styles.text}>{toast.text}</span>
      {toast.undo ? (
        <Button
          tone="quiet"
          size="small"
          className={styles.undo}
          onClick={() => {
            dismiss(toast.id)
            toast.undo?.()
          }}
        >
          {words.undo}
        </Button>
      ) : null}
      <IconButton
        label={words.dismiss}
        icon={<Close />}
        size="small"
        className={styles.undo}
        onClick={() => dismiss(toast.id)}
      />
    </div>
  )
}
