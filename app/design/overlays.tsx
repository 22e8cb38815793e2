'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/card'
import { CommandPalette } from '@/components/ui/command-palette'
import { Dialog, Sheet } from '@/components/ui/dialog'
import { IconButton } from '@/components/ui/icon-button'
import { Calendar, Flag, Info, Lock, More, Pencil, Trash } from '@/components/ui/icons'
import { Menu } from '@/components/ui/menu'
import { Popover } from '@/components/ui/popover'
import { toast } from '@/components/ui/toast'
import { Toaster } from '@/components/ui/toaster'
import { Tooltip } from '@/components/ui/tooltip'
import { ZoneField } from './demos'
import { Section } from './section'

export function Overlays() {
  const [open, setOpen] = useState<'dialog' | 'sheet' | 'palette' | null>(null)
  const close = () => setOpen(null)
  const done = () => toast('Thursday 14:00 – 15:00 is blocked', { undo: () => toast('It is free again') })
  return (
    <Section title="What opens" note="Undo rather than ask; ask only when others are touched">
      <div className="row">
        <Button onClick={() => setOpen('dialog')}>Cancel the tour…</Button>
        <Button onClick={() => setOpen('sheet')}>Edit hours</Button>
        <Popover trigger={<Button>Dublin time</Button>} label="Time zone">
          <ZoneField />
        </Popover>
        <Menu
          trigger={<IconButton label="More" icon={<More />} tone="default" />}
          items={[
            [
              { label: 'Edit', icon: <Pencil />, hint: 'E', onSelect: done },
              { label: 'Open for booking', checked: true, onSelect: done },
              { label: 'Move', icon: <Calendar />, whyNot: 'It has begun already.' },
            ],
            [{ label: 'Delete', icon: <Trash />, tone: 'danger', onSelect: done }],
          ]}
        />
        <Tooltip says="Counted since Monday, 00:00">
          <IconButton label="How this is counted" icon={<Info />} />
        </Tooltip>
        <Button onClick={done}>Block an hour</Button>
        <Button onClick={() => setOpen('palette')}>Search or run</Button>
      </div>
      <Dialog
        open={open === 'dialog'}
        onClose={close}
        title="Cancel Spring tasting tour?"
        footer={
          <>
            <Button onClick={close}>Keep it</Button>
            <Button tone="danger-fill" onClick={close}>
              Cancel 4 events
            </Button>
          </>
        }
      >
        <p>This also cancels what hangs on it, and tells everyone concerned.</p>
        <Facts
          facts={[
            ['Field events still ahead', '4'],
            ['Shifts, 9 accepted', '12'],
            ['Fee for the client, by the terms', '€640.00'],
          ]}
        />
      </Dialog>
      <Sheet
        open={open === 'sheet'}
        onClose={close}
        title="Hours on Thursday"
        footer={
          <Button tone="primary" onClick={close}>
            Save
          </Button>
        }
      >
        <ZoneField />
        <p className="quiet">Two people have booked outside the new hours. They keep their times.</p>
      </Sheet>
      <CommandPalette
        open={open === 'palette'}
        onOpenChange={(now) => setOpen(now ? 'palette' : null)}
        label="Search or run"
        placeholder="Search or run"
        commands={[
          { id: '1', group: 'Do', label: 'Block Thursday 14:00 – 15:00', icon: <Lock />, run: done },
          {
            id: '2',
            group: 'Do',
            label: 'Block Thursday, all day',
            icon: <Lock />,
            hint: '3 booked',
            run: done,
          },
          {
            id: '3',
            group: 'Go to',
            label: 'Thursday 14 May',
            also: 'calendar',
            icon: <Calendar />,
            run: done,
          },
          { id: '4', group: 'Go to', label: 'Citrus tasting, Thu 14 May 11:00', icon: <Flag />, run: done },
        ]}
      />
      <Toaster />
    </Section>
  )
}
