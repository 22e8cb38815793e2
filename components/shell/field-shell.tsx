'use client'

import type { ReactNode } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { ArrowLeft } from '@/components/ui/icons'
import { useWords } from '@/components/ui/language'
import { NavLinks } from './nav-links'
import type { NavItem } from './navigation'
import styles from './shell.module.css'
import { SkipLink } from './skip-link'

type Props = {
  title: ReactNode
  under?: ReactNode
  back?: { href: string; label: string }
  actions?: ReactNode
  /** Connection and what is still on this phone; stays in sight. */
  notice?: ReactNode
  items?: readonly NavItem[]
  label: string
  /** The one main action of the page, above the places. */
  action?: ReactNode
  children: ReactNode
}

/** On the ground, on a phone, on a bad line: targets of 44 px, the main action at the thumb. */
export function FieldShell(props: Props) {
  const { title, under, back, actions, notice, items = [], label, action, children } = props
  const words = useWords()
  return (
    <>
      <SkipLink />
      <div className={styles.field}>
        <header className={styles.fieldBar}>
          {back ? <IconButton label={back.label} href={back.href} icon={<ArrowLeft large />} /> : null}
          <div className={styles.fieldTitle}>
            <h1>{title}</h1>
            {under ? <p>{under}</p> : null}
          </div>
          <div className={styles.aside}>{actions}</div>
        </header>
        {notice ? (
          <aside aria-label={words.connection} className={styles.notice}>
            {notice}
          </aside>
        ) : null}
        <main id="content" tabIndex={-1} className={styles.fieldMain}>
          {children}
        </main>
        <footer className={styles.fieldFoot}>
          {action}
          {items.length ? (
            <nav aria-label={label} className={styles.tabBar} data-always="">
              <NavLinks items={items} />
            </nav>
          ) : null}
        </footer>
      </div>
    </>
  )
}
