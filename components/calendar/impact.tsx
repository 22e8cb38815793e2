import { Triangle } from '@/components/ui/icons'
import type { RulesImpact, TimesImpact } from '@/server/scheduling/calendar/model-impact'
import styles from './impact.module.css'
import type { ImpactWords } from './impact-words'

type Look = { words: ImpactWords; locale: string; zone: string }
type Props = Omit<Look, 'zone'> & {
  impact: RulesImpact
  /** Where a booking is opened. */
  bookingAt: (bookingId: string, startTime: string) => string
}

/** What a change of hours or of a service would bring about: how many times come and go, and who would no longer fit. */
export function Impact({ impact, words, locale, bookingAt }: Props) {
  const { parts, broken, until, timeZone: zone } = impact
  const changes = parts.filter((part) => part.gained + part.lost > 0)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone })
  return (
    <section className={styles.impact} aria-label={words.title}>
      <p className={styles.title}>
        {words.title} <span className="quiet small">{words.until(day.format(Date.parse(until)))}</span>
      </p>
      <div role="status" className={styles.sums}>
        {changes.length === 0 ? <p>{words.nothing}</p> : null}
        {changes.map((part) => (
          <p key={`${part.providerName} ${part.serviceName}`} className={styles.sum}>
            <span className={styles.name}>
              {part.serviceName} <span className="quiet">{part.providerName}</span>
            </span>
            {part.gained > 0 ? <span className={styles.gained}>{words.gained(part.gained)}</span> : null}
            {part.lost > 0 ? <span className={styles.lost}>{words.lost(part.lost)}</span> : null}
          </p>
        ))}
        {broken.length > 0 ? (
          <p className={styles.broken}>
            <Triangle /> {words.broken(broken.length)}
          </p>
        ) : null}
      </div>
      {broken.length > 0 ? (
        <>
          <ul className={styles.bookings}>
            {broken.map((b) => (
              <li key={b.bookingId}>
                <a href={bookingAt(b.bookingId, b.startTime)}>
                  <time dateTime={b.startTime}>{stretch(b, { locale, zone })}</time>
                </a>
                <span>
                  {b.clientName ?? words.somebody}, {b.serviceName}
                </span>
                <span className="quiet">{words.why[b.why]}</span>
              </li>
            ))}
          </ul>
          <p className="quiet small">{words.stays}</p>
        </>
      ) : null}
      {changes.map((part) => (
        <Days
          key={`${part.providerName} ${part.serviceName}`}
          part={part}
          named={changes.length > 1}
          {...{ words, locale, zone }}
        />
      ))}
    </section>
  )
}

function Days({ part, named, words, locale, zone }: Look & { part: TimesImpact; named: boolean }) {
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  const times = (all: readonly string[]) =>
    all.map((time) => (
      <time key={time} dateTime={time}>
        {clock.format(Date.parse(time))}
      </time>
    ))
  return (
    <details className={styles.days}>
      <summary>
        {words.first}
        {named ? `: ${part.serviceName}, ${part.providerName}` : ''}
      </summary>
      <ul>
        {part.days.map(({ date, gained, lost, more }) => (
          <li key={date}>
            <span className={styles.date}>{day.format(Date.parse(date))}</span>
            <span className={styles.times}>
              {gained.length > 0 ? (
                <span>
                  <span className={styles.gained}>{words.more}</span> {times(gained)}
                </span>
              ) : null}
              {lost.length > 0 ? (
                <span className={styles.gone}>
                  <span className={styles.lost}>{words.fewer}</span> {times(lost)}
                </span>
              ) : null}
              {more > 0 ? <span className="quiet">{words.others(more)}</span> : null}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

const stretch = (b: { startTime: string; endTime: string }, { locale, zone }: Omit<Look, 'words'>) =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  }).formatRange(Date.parse(b.startTime), Date.parse(b.endTime))
