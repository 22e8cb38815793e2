import type { ReactNode } from 'react'
import { Note } from '@/components/ui/note'

export type Outcome = {
  /** What went wrong with what was sent. */
  refused?: ReactNode
  /** What was done. */
  done?: ReactNode
}

/** What became of the form that was sent last. */
export function CameOfIt({ refused, done }: Outcome) {
  return (
    <>
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
    </>
  )
}
