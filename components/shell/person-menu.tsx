'use client'

import { usePathname } from 'next/navigation'
import { Bell } from '@/components/inbox/bell'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { ArrowToBar, Down, Home, Person, Tray } from '@/components/ui/icons'
import { useLanguage } from '@/components/ui/language'
import { LanguageSwitch } from './language-switch'
import { Panel } from './panel'
import styles from './panel.module.css'
import { PlaceLinks } from './switcher'
import { useWho } from './who'
import { shellWords } from './words'

/** What is new for whoever is signed in, and their menu: where they can go, and the way out. With `places`, their businesses too. */
export function PersonMenu({ places, tight }: { places?: boolean; tight?: boolean }) {
  const who = useWho()
  const words = shellWords[useLanguage()]
  if (!who) return null
  return (
    <>
      {/* Beside other things a phone has room for the menu, which leads there as well. */}
      <span className={styles.bell} data-tight={tight || undefined}>
        <Bell />
      </span>
      <Panel
        says={words.menu}
        kind="person"
        trigger={
          <>
            <Avatar name={who.name} size="small" />
            <span className={styles.name}>{who.name}</span>
            <Down />
          </>
        }
      >
        {places && who.places.length > 0 ? (
          <>
            <PlaceLinks places={who.places} />
            <hr />
          </>
        ) : null}
        <a href="/me" className={styles.entry}>
          <Home />
          {words.start}
        </a>
        <a href="/me/inbox" className={styles.entry}>
          <Tray />
          {words.inbox}
        </a>
        <a href="/me/account" className={styles.entry}>
          <Person />
          {words.account}
        </a>
        <form method="post" action="/sign-out">
          <button type="submit" className={styles.entry}>
            <ArrowToBar />
            {words.signOut}
          </button>
        </form>
        <hr />
        <LanguageSwitch />
      </Panel>
    </>
  )
}

const about = /^\/(sign-in|sign-up|check-mail|forgot-password|link)(\/|$)/

/** The end of a public page's bar: who is signed in, or the way to sign in and back. Beside steps there is room for the first only. */
export function PersonCorner({ onlyKnown }: { onlyKnown?: boolean }) {
  const who = useWho()
  const words = shellWords[useLanguage()]
  const path = usePathname() ?? '/'
  if (who) return <PersonMenu places tight={onlyKnown} />
  if (onlyKnown || about.test(path)) return null
  const next = path === '/' ? '' : `?${new URLSearchParams({ next: path })}`
  return (
    <Button tone="quiet" href={`/sign-in${next}`}>
      {words.signIn}
    </Button>
  )
}
