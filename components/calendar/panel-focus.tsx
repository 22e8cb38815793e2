'use client'

import { useEffect, useRef } from 'react'

/** What was opened has the focus, so that it is read and Tab goes on from there. */
export function PanelFocus({ open }: { open: string }) {
  const mark = useRef<HTMLSpanElement>(null)
  const before = useRef<string | null>(null)
  useEffect(() => {
    if (before.current === open) return
    before.current = open
    mark.current?.closest('section')?.focus({ preventScroll: true })
  }, [open])
  return <span ref={mark} hidden />
}
