import type { ReactNode } from 'react'
import { TabLinks } from '@/components/ui/tab-links'
import { Accents, Colours, Icons, Type } from './basics'
import { Buttons, Choices, Fields } from './controls'
import { Days, Times } from './days'
import styles from './design.module.css'
import { Overlays } from './overlays'
import { Cards, Marks, Numbers, States, Statuses, Tables } from './shown'
import { Views } from './views'

type Search = { theme?: string; dir?: string; density?: string }
type Props = { searchParams: Promise<Search> }

const themes = ['system', 'light', 'dark', 'both'] as const

/** Every part in every state, once. What is not here is not in the product. */
export default async function DesignPage({ searchParams }: Props) {
  const { theme = 'system', dir, density } = await searchParams
  const shown = theme === 'both' ? ['light', 'dark'] : [theme]
  const link = (change: Search) =>
    `/design?${new URLSearchParams({ theme, ...(dir ? { dir } : {}), ...(density ? { density } : {}), ...change })}`
  return (
    <main id="content" className={styles.page} dir={dir === 'rtl' ? 'rtl' : undefined}>
      <header className={styles.head}>
        <h1>Components</h1>
        <p className="quiet">Every part in every state, once. What is not here is not in the product.</p>
        <TabLinks
          label="Theme"
          tabs={themes.map((name) => ({
            href: link({ theme: name }),
            label: { system: 'As the system', light: 'Light', dark: 'Dark', both: 'Side by side' }[name],
            current: name === theme,
          }))}
        />
        <nav className="row small" aria-label="Other ways to look">
          <a href={link({ density: density === 'work' ? '' : 'work' })}>
            {density === 'work' ? 'Where people choose' : 'Where people work'}
          </a>
          <a href={link({ dir: dir === 'rtl' ? '' : 'rtl' })}>
            {dir === 'rtl' ? 'Left to right' : 'Right to left'}
          </a>
          {['public', 'client', 'admin', 'field', 'ops'].map((shell) => (
            <a key={shell} href={`/design/${shell}`}>
              Frame: {shell}
            </a>
          ))}
        </nav>
      </header>
      <div className={styles.themes} data-both={shown.length > 1 || undefined}>
        {shown.map((name) => (
          <Theme key={name} name={name} density={density}>
            <Type />
            <Colours />
            <Accents />
            <Icons />
            <Buttons />
            <Fields />
            <Choices />
            <Times />
            <Days />
            <Marks />
            <Statuses />
            <Cards />
            <Tables />
            <Numbers />
            <Views />
            <States />
            <Overlays />
          </Theme>
        ))}
      </div>
    </main>
  )
}

function Theme({ name, density, children }: { name: string; density?: string; children: ReactNode }) {
  return (
    <div
      className={styles.theme}
      data-theme={name === 'system' ? undefined : name}
      data-density={density === 'work' ? 'work' : undefined}
    >
      {children}
    </div>
  )
}
