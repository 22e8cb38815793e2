'use client'
import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Target } from '@/components/ui/icons'
import type { VenueWords } from './words'

type Props = { words: Pick<VenueWords, 'here' | 'looking' | 'noPosition'>; taken: string }

/** Fills in where this device is. It is asked at the tap; whoever refuses types it. */
export function TakePosition({ words, taken }: Props) {
  const [said, setSaid] = useState('')
  const place = useRef<HTMLDivElement>(null)
  const field = (name: string) =>
    place.current?.closest('form')?.elements.namedItem(name) as HTMLInputElement | null
  const take = () => {
    setSaid(words.looking)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        for (const name of ['latitude', 'longitude'] as const) {
          const input = field(name)
          if (input) input.value = coords[name].toFixed(6)
        }
        setSaid(taken.replace('{metres}', String(Math.round(coords.accuracy))))
      },
      () => setSaid(words.noPosition),
      { enableHighAccuracy: true, timeout: 15_000 },
    )
  }
  return (
    <div ref={place}>
      <Button size="small" icon={<Target />} onClick={take}>
        {words.here}
      </Button>
      <p role="status" className="quiet small">
        {said}
      </p>
    </div>
  )
}
