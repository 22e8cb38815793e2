'use client'

import { useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { SideBar } from '@/components/ui/icons'
import { useWords } from '@/components/ui/language'
import styles from './shell.module.css'

const year = 31_536_000

/** Folds the side bar and remembers it in a cookie, which the server reads before it draws. */
export function SideToggle() {
  const words = useWords()
  const [narrow, setNarrow] = useState<boolean>()
  return (
    <IconButton
      label={narrow ? words.widen : words.narrow}
      icon={<SideBar />}
      size="small"
      className={styles.toggle}
      onClick={(event) => {
        const shell = event.currentTarget.closest<HTMLElement>('[data-density]')
        if (!shell) return
        const now = shell.toggleAttribute('data-narrow')
        setNarrow(now)
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser yet.
        document.cookie = `side=${now ? 'narrow' : 'wide'}; path=/; max-age=${year}; samesite=lax`
      }}
    />
  )
}
