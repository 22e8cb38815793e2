import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { decideWords } from '@/components/appointment/decide-words'
import { waitingWords } from '@/components/appointment/waiting-words'
import { CommandBar } from '@/components/business/command-bar'
import { contactWords } from '@/components/contact/words'
import { sentWords } from '@/components/message/sent-words'
import { classWords } from '@/components/series/class-words'
import { AdminShell } from '@/components/shell/admin-shell'
import { Button } from '@/components/ui/button'
import {
  Calendar,
  Clock,
  External,
  Home,
  Mail,
  People,
  Person,
  Pin,
  Queue,
  RingCheck,
  Settings,
  Tray,
} from '@/components/ui/icons'
import { venueWords } from '@/components/venue/words'
import { countUndecided } from '@/server/booking/appointment/show'
import { rolesIn } from '@/server/core/actor'
import { deskOf } from './desk'

export const metadata: Metadata = { robots: { index: false } }

type Props = { params: Promise<{ business: string }>; children: ReactNode }

export default async function AdminLayout({ params, children }: Props) {
  const { business, call, words, root, language, manages } = await deskOf((await params).business)
  const { places } = words
  const { waiting } = await countUndecided.execute({ businessId: business.businessId }, call)
  const role = rolesIn(call.actor, business.businessId).find((r) => r in words.roles)
  const item = (path: string, label: string, icon: ReactNode) => ({ href: root + path, label, icon })
  const groups = [
    {
      items: [
        item('', places.today, <Home />),
        item('/calendar', places.calendar, <Calendar />),
        item('/classes', classWords[language].classes, <Clock />),
        {
          ...item('/requests', decideWords[language].requests, <RingCheck />),
          count: waiting || undefined,
          waits: true,
        },
        item('/clients', contactWords[language].title, <Person />),
        ...(manages ? [item('/messages', sentWords[language].title, <Mail />)] : []),
        item('/waiting', waitingWords[language].list, <Queue />),
      ],
    },
    {
      title: words.setUp,
      items: [
        item('/services', places.services, <Tray />),
        item('/providers', places.providers, <People />),
        item('/places', venueWords[language].places, <Pin />),
        item('/business', places.business, <Settings />),
        ...(manages ? [{ href: `/me/team/${business.slug}`, label: places.team, icon: <Person /> }] : []),
      ],
    },
  ]
  const commands = [
    ...groups.flatMap(({ items }) => items.map(({ href, label }) => ({ href, label, group: words.menu }))),
    { href: `${root}/calendar?open=new`, label: words.block, group: words.places.calendar },
    { href: `${root}/classes/new`, label: classWords[language].add, group: words.places.calendar },
    { href: `${root}/clients/new`, label: contactWords[language].add, group: contactWords[language].title },
    { href: `${root}/services/new`, label: words.newService, group: words.places.services },
    { href: `${root}/providers/new`, label: words.newProvider, group: words.places.providers },
    { href: `${root}/places/new`, label: venueWords[language].add, group: venueWords[language].places },
    { href: `/b/${business.slug}`, label: words.page, group: words.places.business },
  ]
  return (
    <div lang={language}>
      <AdminShell
        business={{
          name: business.name,
          href: root,
          under: role ? words.roles[role as keyof typeof words.roles] : undefined,
          accent: business.accent,
          logo: business.logo,
        }}
        groups={groups}
        label={words.menu}
        narrow={(await cookies()).get('side')?.value === 'narrow'}
        command={<CommandBar commands={commands} word={words.search} />}
        foot={
          <Button tone="quiet" href={`/b/${business.slug}`} icon={<External />}>
            {words.page}
          </Button>
        }
      >
        {children}
      </AdminShell>
    </div>
  )
}
