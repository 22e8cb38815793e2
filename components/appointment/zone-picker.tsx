import styles from './booking.module.css'
import type { BookingWords } from './words'

type Props = { zone: string; words: BookingWords; hidden: Record<string, string> }

const zones = Intl.supportedValuesOf('timeZone')

/** Which zone the times are in, always in sight, and another for whoever wants one. */
export function ZonePicker({ zone, words, hidden }: Props) {
  return (
    <details className={styles.zone}>
      <summary>{words.timesIn(zone.replaceAll('_', ' '))}</summary>
      <form method="get">
        {Object.entries(hidden).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <label htmlFor="zone">{words.otherZone}</label>
        <select id="zone" name="zone" defaultValue={zone}>
          {zones.map((z) => (
            <option key={z} value={z}>
              {z.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
        <button type="submit" className="button">
          {words.show}
        </button>
      </form>
    </details>
  )
}
