'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'

const pause = 500

/** Looks at what a form would bring about as soon as whoever fills it in pauses; without script its button does. */
export function LooksByItself({ at, look }: { at: string; look: string }) {
  const mark = useRef<HTMLInputElement>(null)
  const router = useRouter()
  useEffect(() => {
    const form = mark.current?.form
    if (!form) return
    let waiting: ReturnType<typeof setTimeout> | undefined
    const typed = () => {
      clearTimeout(waiting)
      waiting = setTimeout(() => {
        const fields = [...new FormData(form)].filter(
          (field): field is [string, string] => typeof field[1] === 'string',
        )
        const asked = new URLSearchParams([...fields, ['look', look], ['typing', '1']])
        router.replace(`${at}?${asked}`, { scroll: false })
      }, pause)
    }
    form.addEventListener('input', typed)
    // Somebody may have typed before this page listened.
    if (isTyped(form)) typed()
    return () => {
      clearTimeout(waiting)
      form.removeEventListener('input', typed)
    }
  }, [at, look, router])
  return <input ref={mark} type="hidden" disabled />
}

const isTyped = (form: HTMLFormElement): boolean => [...form.elements].some(differs)

/** Is it otherwise than the page said? A box always has its value: what counts is whether it is ticked. */
function differs(field: Element): boolean {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options]
    const own = options.find((option) => option.defaultSelected) ?? options[0]
    return own !== undefined && field.value !== own.value
  }
  if (!(field instanceof HTMLInputElement)) return false
  const ticked = field.type === 'checkbox' || field.type === 'radio'
  return ticked ? field.checked !== field.defaultChecked : field.value !== field.defaultValue
}
