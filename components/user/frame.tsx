import type { ReactNode } from 'react'
import { PublicShell } from '@/components/shell/public-shell'
import { PageHeader } from '@/components/ui/page-header'
import { CameOfIt, type Outcome } from './came-of-it'
import styles from './user.module.css'

type Props = Outcome & {
  language: string
  title: ReactNode
  intro?: ReactNode
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
        <CameOfIt {...{ refused, done }} />
        {children}
      </div>
    </PublicShell>
  )
}
