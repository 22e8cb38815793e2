'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import styles from './calendar.module.css'
import { calendarWords } from './words'

/** Where each key leads. */
export type KeyHrefs = Record<
  'd' | 'w' | 'm' | 'a' | 't' | 'n' | 'b' | 'ArrowLeft' | 'ArrowRight',
  string
> & {
  Escape?: string
}

const typing =
  'input, textarea, select, [contenteditable], dialog[open], [role="menu"], [role="dialog"], [popover]'

/** The calendar by single keys, and the list of them. */
export function Shortcuts({ hrefs, language }: { hrefs: KeyHrefs; language: 'en' | 'de' }) {
  const router = useRouter()
  const [listed, setListed] = useState(false)
  const words = calendarWords[language].keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest(typing)) return
      if (event.key === '?') return setListed(true)
      const rtl = getComputedStyle(document.documentElement).direction === 'rtl'
      const href = keyOf(event.key, rtl, hrefs)
      if (!href) return
      event.preventDefault()
      router.push(href, { scroll: false })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [hrefs, router])
  return (
    <span className={styles.keys}>
      <Button tone="quiet" aria-label={words.open} onClick={() => setListed(true)}>
        <Kbd>?</Kbd>
      </Button>
      <Dialog open={listed} onClose={() => setListed(false)} title={words.title}>
        <dl className={styles.keyList}>
          {words.list.map(([keys, what]) => (
            <div key={keys}>
              <dt>
                {keys.split(' ').map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </span>
  )
}

const mirrored: Record<string, string> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }

function keyOf(key: string, rtl: boolean, hrefs: KeyHrefs): string | undefined {
  const meant = (rtl && mirrored[key]) || key
  const name = meant.length === 1 ? meant.toLowerCase() : meant
  return Object.hasOwn(hrefs, name) ? hrefs[name as keyof KeyHrefs] : undefined
}
