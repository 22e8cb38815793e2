'use client'

import { useState } from 'react'
import { Count } from '@/components/ui/badge'
import { Segmented } from '@/components/ui/segmented'
import { Tabs } from '@/components/ui/tabs'
import { Section } from './section'

export function Views() {
  const [view, setView] = useState<'day' | 'week' | 'month'>('week')
  return (
    <Section title="Tabs and views" note="Parts of a page; ways to see one thing">
      <Tabs
        label="Request"
        tabs={[
          { id: 'review', label: 'Review', content: <p>What the client wrote, beside what it needs.</p> },
          {
            id: 'messages',
            label: (
              <>
                Messages <Count>{3}</Count>
              </>
            ),
            content: <p>Three messages.</p>,
          },
          { id: 'history', label: 'History', content: <p>Every version, with what changed.</p> },
        ]}
      />
      <Segmented
        label="View"
        value={view}
        onChange={setView}
        options={[
          { value: 'day', label: 'Day' },
          { value: 'week', label: 'Week' },
          { value: 'month', label: 'Month' },
        ]}
      />
    </Section>
  )
}
