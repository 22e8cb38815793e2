import type { ReactNode } from 'react'
import { Brand } from './brand'
import { NavLinks } from './nav-links'
import type { NavItem } from './navigation'
import { PersonMenu } from './person-menu'
import styles from './shell.module.css'
import { SkipLink } from './skip-link'

type Props = { items: readonly NavItem[]; label: string; person?: ReactNode; children: ReactNode }

/** A client's own pages: what they booked and asked for. Tabs on a wide screen, a bar at the thumb on a phone. */
export function ClientShell({ items, label, person, children }: Props) {
  return (
    <>
      <SkipLink />
      <div className={styles.client}>
        <header className={styles.bar}>
          <div className={styles.frame}>
            <Brand name="SlotWise" />
            <div className={styles.aside}>
              {person}
              <PersonMenu places />
            </div>
          </div>
        </header>
        <nav aria-label={label} className={styles.clientNav}>
          <NavLinks items={items} />
        </nav>
        <main id="content" tabIndex={-1} className="page">
          {children}
        </main>
      </div>
    </>
  )
}
