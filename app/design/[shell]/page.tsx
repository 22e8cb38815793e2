import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import { AdminShell } from '@/components/shell/admin-shell'
import { ClientShell } from '@/components/shell/client-shell'
import { FieldShell } from '@/components/shell/field-shell'
import type { NavGroup } from '@/components/shell/navigation'
import { OpsShell } from '@/components/shell/ops-shell'
import { PublicShell } from '@/components/shell/public-shell'
import { Avatar } from '@/components/ui/avatar'
import { BottomBar } from '@/components/ui/bottom-bar'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { CommandButton } from '@/components/ui/command-button'
import { IconButton } from '@/components/ui/icon-button'
import * as icon from '@/components/ui/icons'
import { LiveIndicator } from '@/components/ui/live-indicator'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { Stats } from '@/components/ui/stat'
import { StatusBadge } from '@/components/ui/status-badge'
import { Stepper } from '@/components/ui/stepper'

type Props = { params: Promise<{ shell: string }> }

const groups: NavGroup[] = [
  {
    items: [
      { href: '/design/admin', label: 'Today', icon: <icon.Home /> },
      { href: '/design/admin/calendar', label: 'Calendar', icon: <icon.Calendar /> },
      { href: '/design/admin/requests', label: 'Requests', icon: <icon.Tray />, count: 4, waits: true },
      { href: '/design/admin/events', label: 'Events', icon: <icon.Flag />, count: 3 },
      { href: '/design/admin/staff', label: 'Staff', icon: <icon.People /> },
    ],
  },
  {
    title: 'Set up',
    items: [
      { href: '/design/admin/hours', label: 'Services and hours', icon: <icon.Clock /> },
      { href: '/design/admin/settings', label: 'Settings', icon: <icon.Settings /> },
    ],
  },
]
const ops: NavGroup[] = [
  {
    items: [
      { href: '/design/ops', label: 'Events', icon: <icon.Queue /> },
      { href: '/design/ops/dead', label: 'Dead letters', icon: <icon.RingX />, count: 3, waits: true },
      { href: '/design/ops/lag', label: 'Queues and lag', icon: <icon.Chart /> },
    ],
  },
]
const person = (
  <>
    <Avatar name="Nora Quill" size="small" />
    <span className="small">Nora Quill</span>
    <LiveIndicator mode="live" />
  </>
)

export default async function ShellPage({ params }: Props) {
  const { shell } = await params
  const narrow = (await cookies()).get('side')?.value === 'narrow'
  if (shell === 'public')
    return (
      <PublicShell
        wide
        business={{
          name: 'Fennwick Physio',
          href: '#',
          under: '8 Cooper’s Yard, Dublin 8',
          accent: '#40508f',
        }}
        aside={
          <Stepper
            label="Booking"
            at={1}
            steps={[{ label: 'Service', href: '#' }, { label: 'Time' }, { label: 'Your details' }]}
          />
        }
        footer="Times are shown as they are now."
      >
        <Work title="Choose a time" />
      </PublicShell>
    )
  if (shell === 'client')
    return (
      <ClientShell
        label="Your pages"
        items={[
          { href: '/design/client', label: 'Booked', icon: <icon.Calendar /> },
          { href: '/design/client/requests', label: 'Requests', icon: <icon.Tray />, count: 1, waits: true },
          { href: '/design/client/me', label: 'You', icon: <icon.Person /> },
        ]}
        person={<Avatar name="Clara Lindqvist" />}
      >
        <Work title="What you booked" />
      </ClientShell>
    )
  if (shell === 'admin')
    return (
      <AdminShell
        business={{ name: 'Brightwater', href: '/design/admin', under: 'Admin · 3 businesses' }}
        label="Places"
        groups={groups}
        narrow={narrow}
        command={<CommandButton keys="⌘K" />}
        foot={person}
        phoneAside={<IconButton label="Search" icon={<icon.Search />} />}
      >
        <Work title="Thursday 14 May" />
      </AdminShell>
    )
  if (shell === 'ops')
    return (
      <OpsShell place="production · eu-west" label="Places" groups={ops} narrow={narrow} foot={person}>
        <Work title="Request approved, 6 events made" />
      </OpsShell>
    )
  if (shell === 'field')
    return (
      <FieldShell
        title="Citrus tasting"
        under="Today 11:00 – 15:00"
        back={{ href: '/design', label: 'Back' }}
        actions={<IconButton label="Call" icon={<icon.Phone large />} />}
        notice={
          <Note tone="warn">
            <strong>No connection.</strong> 3 saved on this phone
          </Note>
        }
        label="Places"
        items={[
          { href: '/design/field', label: 'Today', icon: <icon.Home /> },
          { href: '/design/field/kits', label: 'Kits', icon: <icon.Box />, count: 1, waits: true },
          { href: '/design/field/me', label: 'You', icon: <icon.Person /> },
        ]}
        action={
          <BottomBar
            actions={
              <Button tone="primary" size="large">
                Start with 2 of 3
              </Button>
            }
          >
            Jules can still check in after the start
          </BottomBar>
        }
      >
        <Work />
      </FieldShell>
    )
  notFound()
}

const Work = ({ title }: { title?: string }) => (
  <>
    {title ? <PageHeader title={title} actions={<Button icon={<icon.Lock />}>Block time</Button>} /> : null}
    <Stats
      label="Today"
      stats={[
        { label: 'To decide', value: 4, note: '1 within 3 hours', tone: 'bad', href: '#decide' },
        { label: 'Events today', value: 6, note: '2 running, 4 ahead', href: '#events' },
        { label: 'On site', value: '9 of 14', note: '1 late', tone: 'warn', href: '#staff' },
      ]}
    />
    <Card title="Staff" flush aside="2 of 3 here">
      <List>
        {(['checked_in', 'checked_in', 'late'] as const).map((status, at) => {
          const name = ['Mirela Popa', 'Aoife Brannigan', 'Jules Okafor'][at] ?? ''
          return (
            <ListItem
              key={name}
              href={`#${at}`}
              title={name}
              before={<Avatar name={name} />}
              after={<StatusBadge noun="assignment" status={status} />}
            >
              <span className="small quiet">{at ? 'Host' : 'Lead'}</span>
            </ListItem>
          )
        })}
      </List>
    </Card>
  </>
)
