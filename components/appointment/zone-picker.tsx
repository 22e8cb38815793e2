import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Down, Globe } from '@/components/ui/icons'
import { Select } from '@/components/ui/select'
import styles from './booking.module.css'
import type { BookingWords } from './words'

type Props = { zone: string; words: BookingWords; hidden: Record<string, string> }

const zones = Intl.supportedValuesOf('timeZone')
const spoken = (zone: string) => zone.replaceAll('_', ' ')

/** Which zone the times are in, always in sight, and another for whoever wants one. */
export function ZonePicker({ zone, words, hidden }: Props) {
  return (
    <details className={styles.zone}>
      <summary>
        <Globe />
        {words.timesIn(spoken(zone))}
        <Down />
      </summary>
      <form method="get">
        {Object.entries(hidden).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <Field label={words.otherZone}>
          {(control) => (
            <Select
              {...control}
              name="zone"
              defaultValue={zone}
              options={[...new Set([...zones, zone])].map((value) => ({ value, label: spoken(value) }))}
            />
          )}
        </Field>
        <Button type="submit">{words.show}</Button>
      </form>
    </details>
  )
}
