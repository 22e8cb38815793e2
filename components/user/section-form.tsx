import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { CameOfIt, type Outcome } from './came-of-it'
import styles from './user.module.css'

type Props = Outcome & {
  action: string
  button: string
  tone?: 'primary' | 'danger'
  children?: ReactNode
}

/** One thing to change about an account, with what came of it. */
export function SectionForm({ action, button, tone, refused, done, children }: Props) {
  return (
    <form method="post" action={action} className={styles.form} noValidate>
      <CameOfIt {...{ refused, done }} />
      {children}
      <div className="row">
        <Button type="submit" tone={tone}>
          {button}
        </Button>
      </div>
    </form>
  )
}
