'use client'

import { useEffect, useRef } from 'react'

/** Chooses the browser's own zone in the list it stands in, unless somebody has chosen already. */
export function OwnZone({ list }: { list: string }) {
  const done = useRef(false)
  useEffect(() => {
    const select = document.getElementById(list)
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    if (done.current || !(select instanceof HTMLSelectElement)) return
    done.current = true
    if ([...select.options].some((option) => option.value === timeZone)) select.value = timeZone
  }, [list])
  return null
}
