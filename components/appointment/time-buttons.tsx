import styles from './booking.module.css'
import type { BookingWords } from './words'

type Time = { startTime: string; seatsLeft: number }
type Props = {
  times: readonly Time[]
  action: string
  hidden: Record<string, string>
  zone: string
  language: string
  words: BookingWords
  withDay?: boolean
}

/** Free times as the buttons of one form: choosing one holds it. */
export function TimeButtons({ times, action, hidden, zone, language, words, withDay }: Props) {
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: zone })
  const day = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: zone,
  })
  return (
    <form method="post" action={action}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <ul className={styles.times}>
        {times.map((t) => (
          <li key={t.startTime}>
            <button type="submit" name="startTime" value={t.startTime} className={styles.time}>
              {withDay ? <small>{day.format(Date.parse(t.startTime))}</small> : null}
              <time dateTime={t.startTime}>{clock.format(Date.parse(t.startTime))}</time>
              {t.seatsLeft > 1 ? <small>{words.places(t.seatsLeft)}</small> : null}
            </button>
          </li>
        ))}
      </ul>
    </form>
  )
}
