import styles from '@/components/appointment/booking.module.css'
import { priceOf } from '@/components/appointment/choose-service'
import { Fresh } from '@/components/appointment/fresh'
import { Month } from '@/components/appointment/month'
import { TimeButtons } from '@/components/appointment/time-buttons'
import type { BookingWords } from '@/components/appointment/words'
import { ZonePicker } from '@/components/appointment/zone-picker'
import { isDate, today } from '@/server/core/time'
import { findTimes, nearestTimes, type OpenDay } from '@/server/scheduling/calendar/find-times'
import type { Place, Service } from './place'

type Props = { place: Place; service: Service; words: BookingWords }

const monthPattern = /^20\d\d-(0[1-9]|1[0-2])$/

/** The next free times first, then any day of the month. */
export async function ChooseTime({ place, service, words }: Props) {
  const { offer, query, providerId, zone, language, locale, href } = place
  const now = today(zone, Date.now())
  const asked = query.day && isDate(query.day) && query.day >= now ? query.day : null
  const wanted = asked?.slice(0, 7) ?? (query.month && monthPattern.test(query.month) ? query.month : null)
  const month = wanted && wanted >= now.slice(0, 7) ? wanted : now.slice(0, 7)
  const providerIds = providerId ? [providerId] : service.providerIds
  const about = { providerIds, serviceId: service.id, timeZone: zone }
  const [days, soon, near] = await Promise.all([
    findTimes({ ...about, ...span(month, now) }),
    findTimes({ ...about, startDate: now, days: 31 }),
    query.taken ? nearestTimes(about, query.taken) : [],
  ])
  const day = asked ?? days.find((d) => d.times.length > 0)?.date ?? null
  const times = days.find((d) => d.date === day)?.times ?? []
  const next = soon.flatMap((d) => d.times).slice(0, 3)
  const hidden = { service: service.id, provider: providerId ?? 'any', zone, ...(day ? { day } : {}) }
  const buttons = { action: `/b/${offer.slug}/book/hold`, hidden, zone, language: locale, words }
  return (
    <>
      <div>
        <h1>{service.name}</h1>
        <p className="quiet">
          {words.minutes(service.durationMinutes)} · {priceOf(service.price, locale, words)}
        </p>
      </div>
      {service.providerIds.length > 1 ? <Providers place={place} service={service} words={words} /> : null}
      {near.length > 0 ? (
        <section className="card" role="alert" aria-labelledby="near">
          <h2 id="near">{words.someoneFaster}</h2>
          <TimeButtons {...buttons} times={near} withDay />
        </section>
      ) : null}
      {query.refused ? (
        <p className="card" role="alert">
          {query.refused === 'too_many_holds' ? words.tooMany : words.notNow}
        </p>
      ) : null}
      <div className={styles.current}>
        <ZonePicker
          zone={zone}
          words={words}
          hidden={{ service: service.id, provider: providerId ?? '', day: day ?? '', month }}
        />
        <Fresh
          topics={[...providerIds.map((id) => `calendar:${id}`), `catalogue:${offer.businessId}`]}
          language={language}
        />
      </div>
      {next.length > 0 && near.length === 0 ? (
        <section aria-labelledby="next" className={styles.section}>
          <h2 id="next">{words.next}</h2>
          <TimeButtons {...buttons} times={next} withDay />
        </section>
      ) : null}
      <div className={styles.choose}>
        <Month
          month={month}
          chosen={day ?? ''}
          free={countsOf(days)}
          today={now}
          language={locale}
          words={words}
          href={href}
        />
        <section className={styles.section} aria-live="polite">
          <h2>{day ? dayName(day, locale) : words.chooseTime}</h2>
          {times.length > 0 ? (
            <TimeButtons {...buttons} times={times} />
          ) : (
            <p className="quiet">{day ? words.noTimes : words.noTimesInMonth}</p>
          )}
        </section>
      </div>
    </>
  )
}

function Providers({ place, service, words }: Props) {
  const chosen = place.offer.providers.filter((p) => service.providerIds.includes(p.id))
  const current = place.providerId
  return (
    <nav aria-label={words.with}>
      <ul className="tabs">
        <li>
          <a href={place.href({ provider: '' })} aria-current={current === null ? 'page' : undefined}>
            {words.anybody}
          </a>
        </li>
        {chosen.map((p) => (
          <li key={p.id}>
            <a href={place.href({ provider: p.id })} aria-current={current === p.id ? 'page' : undefined}>
              {p.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const dayName = (day: string, language: string) =>
  new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(Date.parse(day))

const countsOf = (days: OpenDay[]) =>
  new Map(days.filter((d) => d.times.length > 0).map((d) => [d.date, d.times.length]))

/** The rest of a month from today on. */
function span(month: string, now: string): { startDate: string; days: number } {
  const first = `${month}-01`
  const startDate = first < now ? now : first
  const end = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 1)
  return { startDate, days: Math.max(1, Math.round((end - Date.parse(startDate)) / 86_400_000)) }
}
