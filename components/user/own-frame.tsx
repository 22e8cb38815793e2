import type { ReactNode } from 'react'
import { ownWords } from '@/components/appointment/own-words'
import { ClientShell } from '@/components/shell/client-shell'
import { Calendar, Person, Tray } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import type { Language } from '@/server/request'
import { CameOfIt, type Outcome } from './came-of-it'

type Props = Outcome & {
  language: Language
  title: ReactNode
  intro?: ReactNode
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
      <CameOfIt {...{ refused, done }} />
      {children}
    </ClientShell>
  )
}
