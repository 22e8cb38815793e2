import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { decideWords } from '@/components/appointment/decide-words'
import { AdminShell } from '@/components/shell/admin-shell'
import { Button } from '@/components/ui/button'
import { Calendar, External, Home, RingCheck } from '@/components/ui/icons'
import { deskOf } from '../admin/desk'

export const metadata: Metadata = { robots: { index: false } }

type Props = { params: Promise<{ business: string }>; children: ReactNode }

/** Where a provider works: their calendar first, and the way to the desk. */
export default async function OwnLayout({ params, children }: Props) {
  const { business: slug } = await params
  const { business, words, language } = await deskOf(slug, '/calendar', `/b/${slug}`)
  const path = `/b/${business.slug}`
  const requests = {
    href: `${path}/admin/requests`,
    label: decideWords[language].requests,
    icon: <RingCheck />,
  }
  const desk = { href: `${path}/admin`, label: words.places.today, icon: <Home /> }
  const calendar = { href: `${path}/calendar`, label: words.places.calendar, icon: <Calendar /> }
  return (
    <div lang={language}>
      <AdminShell
        business={{
          name: business.name,
          href: calendar.href,
          under: words.roles.provider,
          accent: business.accent,
          logo: business.logo,
        }}
        groups={[{ items: [calendar, requests, desk] }]}
        label={words.menu}
        narrow={(await cookies()).get('side')?.value === 'narrow'}
        foot={
          <Button tone="quiet" href={path} icon={<External />}>
            {words.page}
          </Button>
        }
      >
        {children}
      </AdminShell>
    </div>
  )
}
