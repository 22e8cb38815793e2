import type { ReactNode } from 'react'
import { Accent } from '@/components/ui/accent'
import { Brand } from './brand'
import { Foot } from './foot'
import { Framed } from './framed'
import { PersonCorner } from './person-menu'
import styles from './shell.module.css'
import { SkipLink } from './skip-link'

type Props = {
  /** Whose page it is; without one it is the marketplace's. */
  business?: { name: string; href?: string; under?: ReactNode; logo?: string | null; accent?: string | null }
  /** At the end of the bar: steps, sign in, language. */
  aside?: ReactNode
  footer?: ReactNode
  wide?: boolean
  children: ReactNode
}

/** Where people choose: generous, few options. */
export function PublicShell({ business, aside, footer, wide, children }: Props) {
  return (
    <Accent color={business?.accent}>
      <Framed />
      <SkipLink />
      <div className={styles.public} data-wide={wide || undefined}>
        <header className={styles.bar}>
          <div className={styles.frame}>
            {business ? <Brand {...business} /> : <Brand name="SlotWise" />}
            <div className={styles.aside}>
              {aside}
              <PersonCorner onlyKnown={Boolean(aside)} />
            </div>
          </div>
        </header>
        <main id="content" tabIndex={-1} className="page" data-wide={wide || undefined}>
          {children}
        </main>
        <footer className={styles.footer}>
          <div className={styles.frame}>
            {footer}
            <Foot />
          </div>
        </footer>
      </div>
    </Accent>
  )
}
