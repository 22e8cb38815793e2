'use client'

import { usePathname } from 'next/navigation'
import { Avatar } from '@/components/ui/avatar'
import { Plus, Search, UpDown } from '@/components/ui/icons'
import { useLanguage } from '@/components/ui/language'
import { Brand, type BrandProps } from './brand'
import { Panel } from './panel'
import styles from './panel.module.css'
import type { Place } from './places'
import { useWho } from './who'
import { shellWords } from './words'

/** Which business one works in, as what, and the ways to the others. */
export function Switcher({ name, under, logo, ...rest }: BrandProps) {
  const who = useWho()
  const words = shellWords[useLanguage()]
  if (!who) return <Brand {...{ name, under, logo, ...rest }} small />
  return (
    <Panel
      says={words.switch}
      trigger={
        <>
          <Avatar square name={name} image={logo} size="small" />
          <span className={styles.name}>
            {name}
            {under ? <small>{under}</small> : null}
          </span>
          <UpDown />
        </>
      }
    >
      <PlaceLinks places={who.places} />
      <hr />
      <a href="/start" className={styles.entry}>
        <Plus />
        {words.openBusiness}
      </a>
      <a href="/" className={styles.entry}>
        <Search />
        {words.findTime}
      </a>
    </Panel>
  )
}

export function PlaceLinks({ places }: { places: readonly Place[] }) {
  const words = shellWords[useLanguage()]
  const path = usePathname() ?? '/'
  return (
    <nav aria-label={words.places}>
      <h2>{words.places}</h2>
      {places.map(({ business, role, href }) => (
        <a
          key={href}
          href={href}
          className={styles.entry}
          aria-current={`${path}/`.startsWith(`${href}/`) ? 'true' : undefined}
        >
          <Avatar square name={business} size="small" />
          <span className={styles.name}>
            {business}
            <small>{words.roles[role]}</small>
          </span>
        </a>
      ))}
    </nav>
  )
}
