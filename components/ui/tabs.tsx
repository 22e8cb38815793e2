'use client'

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import styles from './tabs.module.css'

type Tab = { id: string; label: ReactNode; content: ReactNode }
type Props = { label: string; tabs: readonly Tab[]; value?: string; onChange?: (id: string) => void }

/** Parts of one page. Where each part has an address of its own, use TabLinks. */
export function Tabs({ label, tabs, value, onChange }: Props) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [own, setOwn] = useState(tabs[0]?.id)
  const chosen = value ?? own
  const choose = (tab: string) => {
    setOwn(tab)
    onChange?.(tab)
  }
  function onKeyDown(event: KeyboardEvent) {
    const at = tabs.findIndex((tab) => tab.id === chosen)
    const rtl = list.current ? getComputedStyle(list.current).direction === 'rtl' : false
    const ahead = rtl ? 'ArrowLeft' : 'ArrowRight'
    const back = rtl ? 'ArrowRight' : 'ArrowLeft'
    const to = { [ahead]: at + 1, [back]: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    const next = to === undefined ? undefined : tabs.at(to % tabs.length)
    if (!next) return
    event.preventDefault()
    choose(next.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus()
  }
  return (
    <div className="stack">
      <div role="tablist" aria-label={label} className={styles.tabs} ref={list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            data-tab={tab.id}
            className={styles.tab}
            aria-selected={tab.id === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={tab.id === chosen ? 0 : -1}
            onClick={() => choose(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} className={styles.panel}>
        {tabs.find((tab) => tab.id === chosen)?.content}
      </div>
    </div>
  )
}
