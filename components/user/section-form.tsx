import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import styles from './user.module.css'

type Props = {
  action: string
  button: string
  tone?: 'primary' | 'danger'
  refused?: ReactNode
  done?: ReactNode
  children?: ReactNode
}

/** One thing to change about an account, with what came of it. */
export function SectionForm({ action, button, tone, refused, done, children }: Props) {
  return (
    <form method="post" action={action} className={styles.form} noValidate>
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
      <div className="row">
        <Button type="submit" tone={tone}>
          {button}
        </Button>
      </div>
    </form>
  )
}
