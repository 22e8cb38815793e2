'use client'

import { useLanguage } from '@/components/ui/language'
import { LanguageSwitch } from './language-switch'
import styles from './shell.module.css'
import { shellWords } from './words'

/** Below every public page: the way in for businesses, and the language. */
export function Foot() {
  const words = shellWords[useLanguage()]
  return (
    <>
      <a href="/start">{words.forBusinesses}</a>
      <div className={styles.aside}>
        <LanguageSwitch />
      </div>
    </>
  )
}
