import type { ReactNode } from 'react'
import { ownWords } from '@/components/appointment/own-words'
import { ClientShell } from '@/components/shell/client-shell'
import { Calendar, Person, Tray } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import type { Language } from '@/server/request'

type Props = {
  language: Language
  title: ReactNode
  intro?: ReactNode
  /** What went wrong with what was sent. */
  refused?: ReactNode
  /** What was done. */
  done?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A page of somebody's own: what they booked, what they were told, their account. */
export function OwnFrame({ language, title, intro, refused, done, actions, children }: Props) {
  const words = ownWords[language]
  const items = [
    { href: '/me', label: words.bookings, icon: <Calendar /> },
    { href: '/me/inbox', label: words.inbox, icon: <Tray /> },
    { href: '/me/account', label: words.account, icon: <Person /> },
  ]
  return (
    <ClientShell items={items} label={words.places}>
      <PageHeader title={title} actions={actions}>
        {intro}
      </PageHeader>
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
    </ClientShell>
  )
}
