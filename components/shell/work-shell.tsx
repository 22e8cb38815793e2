import type { ReactNode } from 'react'
import { Menu } from '@/components/ui/icons'
import { Word } from '@/components/ui/language'
import { NavLinks } from './nav-links'
import type { NavGroup } from './navigation'
import { PersonMenu } from './person-menu'
import styles from './shell.module.css'
import { SideToggle } from './side-toggle'
import { SkipLink } from './skip-link'

export type WorkShellProps = {
  /** What is being worked on: a business and its switcher, or the installation. */
  head: ReactNode
  /** Opens the command palette. */
  command?: ReactNode
  groups: readonly NavGroup[]
  label: string
  /** Who works here: their menu, and whether the page is live. */
  foot?: ReactNode
  /** At the end of the phone's bar. */
  phoneAside?: ReactNode
  /** From the cookie `side`, so that the page arrives as it was left. */
  narrow?: boolean
  children: ReactNode
}

/** Where people work: dense, a side bar on a wide screen, four places and the rest on a phone. */
export function WorkShell(props: WorkShellProps) {
  const { head, command, groups, label, foot, phoneAside, narrow, children } = props
  const all = groups.flatMap((group) => group.items)
  return (
    <>
      <SkipLink />
      <div className={styles.work} data-density="work" data-narrow={narrow || undefined}>
        <aside className={styles.side}>
          <div className={styles.head}>
            {head}
            <SideToggle />
          </div>
          {command ? <div className={styles.command}>{command}</div> : null}
          <nav aria-label={label} className={styles.sideNav}>
            {groups.map((group) => (
              <div key={group.title ?? ''}>
                {group.title ? <h2>{group.title}</h2> : null}
                <NavLinks items={group.items} all={all} titled />
              </div>
            ))}
          </nav>
          <div className={styles.foot}>
            {foot}
            <div className={styles.person}>
              <PersonMenu />
            </div>
          </div>
        </aside>
        <header className={styles.phoneBar}>
          {head}
          <div className={styles.aside}>
            {phoneAside}
            <PersonMenu />
          </div>
        </header>
        <main id="content" tabIndex={-1} className={styles.main}>
          {children}
        </main>
        <nav aria-label={label} className={styles.tabBar}>
          <NavLinks items={all.slice(0, 4)} all={all} />
          <button type="button" popoverTarget="more-places" className={styles.moreButton}>
            <Menu />
            <span id="more-word">
              <Word of="more" />
            </span>
          </button>
        </nav>
        <div id="more-places" popover="auto" className={styles.more}>
          <nav aria-labelledby="more-word">
            {groups.map((group) => (
              <div key={group.title ?? ''}>
                {group.title ? <h2>{group.title}</h2> : null}
                <NavLinks items={group.items} all={all} />
              </div>
            ))}
          </nav>
          {foot ? <div className={styles.foot}>{foot}</div> : null}
        </div>
      </div>
    </>
  )
}
