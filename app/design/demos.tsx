'use client'

import { useState } from 'react'
import { Combobox } from '@/components/ui/combobox'
import { DateGrid } from '@/components/ui/date-grid'
import type { DayFacts } from '@/components/ui/date-grid-day'
import { addDays } from '@/components/ui/date-grid-model'
import { Field } from '@/components/ui/field'
import { Segmented } from '@/components/ui/segmented'
import { type Time, TimeList } from '@/components/ui/time-list'

const zones = [
  'Europe/Dublin',
  'Europe/Berlin',
  'America/New York',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'America/São Paulo',
]

export function ZoneField() {
  const [zone, setZone] = useState<string | null>('Europe/Dublin')
  return (
    <Field label="Time zone" hint="Type a city">
      {(control) => (
        <Combobox
          control={control}
          value={zone}
          onChange={setZone}
          placeholder="Search"
          options={zones.map((label, at) => ({
            value: label,
            label,
            hint: `UTC${['+1', '+2', '−4', '+5:45', '+12', '−3'][at]}`,
          }))}
        />
      )}
    </Field>
  )
}

const at = (clock: string) => `2026-05-15T${clock}:00Z`
const times: Time[] = [
  { at: at('08:20'), label: '09:20', second: '10:20 yours' },
  { at: at('09:20'), label: '10:20', second: '11:20 yours' },
  { at: at('10:05'), label: '11:05', state: 'taken' },
  { at: at('10:50'), label: '11:50', state: 'held' },
  { at: at('11:20'), label: '12:20', seats: { left: 6, of: 8 } },
  { at: at('12:20'), label: '13:20', state: 'waitlist' },
]

export function TimesDemo() {
  const [chosen, setChosen] = useState<string>(at('09:20'))
  const [held, setHeld] = useState(252_000)
  return (
    <TimeList
      label="Friday 15 May"
      onChoose={(time) => {
        setChosen(time)
        setHeld(300_000)
      }}
      times={times.map((time) => (time.at === chosen ? { ...time, state: 'chosen', heldMs: held } : time))}
    />
  )
}

const today = '2026-02-05'
const days: Record<string, DayFacts> = Object.fromEntries(
  Array.from({ length: 70 }, (_, i) => {
    const day = addDays(today, i)
    const free = [0, 3, 8, 1, 0, 5, 0][(i + 5) % 7] ?? 0
    return [day, { free }]
  }),
)

export function MonthDemo() {
  const [month, setMonth] = useState('2026-02')
  const [day, setDay] = useState('2026-02-10')
  const [state, setState] = useState<'ready' | 'loading'>('ready')
  return (
    <>
      <DateGrid
        month={month}
        onMonth={setMonth}
        value={day}
        onChange={setDay}
        days={days}
        today={today}
        min={today}
        max="2026-04-15"
        loading={state === 'loading'}
      />
      <Segmented
        label="State"
        value={state}
        onChange={setState}
        options={[
          { value: 'ready', label: 'Ready' },
          { value: 'loading', label: 'Loading' },
        ]}
      />
    </>
  )
}
