import type { ReactNode } from 'react'
import { PublicShell } from '@/components/shell/public-shell'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import styles from './user.module.css'

type Props = {
  language: string
  title: ReactNode
  intro?: ReactNode
  /** What went wrong with what was sent. */
  refused?: ReactNode
  /** What was done. */
  done?: ReactNode
  aside?: ReactNode
  wide?: boolean
  children?: ReactNode
}

/** A page about one's account: one thing to do, in the middle. */
export function Frame({ language, title, intro, refused, done, aside, wide, children }: Props) {
  return (
    <PublicShell aside={aside}>
      <div lang={language} className={wide ? 'stack' : styles.narrow} data-gap="6">
        <PageHeader title={title}>{intro}</PageHeader>
        {refused ? (
          <Note tone="bad" role="alert">
            {refused}
          </Note>
        ) : null}
        {done ? (
          <Note tone="good" role="status">
            {done}
          </Note>
        ) : null}
        {children}
      </div>
    </PublicShell>
  )
}
