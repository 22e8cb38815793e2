import type { ReactNode } from 'react'
import { startWords } from '@/components/business/start-words'
import { PublicShell } from '@/components/shell/public-shell'
import { PageHeader } from '@/components/ui/page-header'
import { Stepper } from '@/components/ui/stepper'
import type { Language } from '@/server/request'
import styles from './start.module.css'

type Props = {
  language: Language
  at: number
  /** Of the business, once there is one: its steps can be gone back to. */
  slug?: string
  title: ReactNode
  under: ReactNode
  accent?: string | null
  children: ReactNode
}

const paths = ['', 'service', 'hours', 'done']

export function Frame({ language, at, slug, title, under, children }: Props) {
  const words = startWords[language]
  const steps = words.steps.map((label, index) => ({
    label,
    href: slug && index > 0 ? `/start/${slug}/${paths[index]}` : undefined,
  }))
  return (
    <div lang={language}>
      <PublicShell>
        <Stepper label={words.title} steps={steps} at={at} />
        <PageHeader arrival title={title}>
          {under}
        </PageHeader>
        <div className={styles.body}>{children}</div>
      </PublicShell>
    </div>
  )
}
