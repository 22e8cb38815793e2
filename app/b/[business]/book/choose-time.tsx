import styles from '@/components/appointment/booking.module.css'
import { Fresh } from '@/components/appointment/fresh'
import { FreshTimes } from '@/components/appointment/fresh-times'
import { Summary } from '@/components/appointment/summary'
import type { BookingWords } from '@/components/appointment/words'
import { ZonePicker } from '@/components/appointment/zone-picker'
import { DateGrid } from '@/components/ui/date-grid'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { TabLinks } from '@/components/ui/tab-links'
import { venueWords } from '@/components/venue/words'
import { instant } from '@/server/core/fields'
import { today } from '@/server/core/time'
import { online } from '@/server/location/venue/model-place'
import { findTimes, nearestTimes, type OpenDay, type OpenTime } from '@/server/scheduling/calendar/find-times'
import { dayAsked, dayIn, firstWeekday, monthAsked, spanOf, timesIn } from './moments'
import { type Place, type Service, whereIn } from './place'

type Props = { place: Place; service: Service; words: BookingWords }

/** The next free times first, then any day of the month. */
export async function ChooseTime({ place, service, words }: Props) {
  const { offer, query, providerId, zone, locale } = place
  const { dayZone, where } = place
  const now = today(dayZone, Date.now())
  const asked = dayAsked(query, now, dayZone)
  const month = monthAsked(query, now, dayZone)
  const taken = instant.safeParse(query.taken).data
  const providerIds = providerId ? [providerId] : service.providerIds
  const about = { providerIds, serviceId: service.id, timeZone: dayZone, seats: place.seats }
  const [inMonth, ahead, near] = await Promise.all([
    findTimes({ ...about, ...spanOf(month, now) }),
    findTimes({ ...about, startDate: now, days: 31 }),
    taken ? nearestTimes({ ...about, ...(where ? { place: where } : {}) }, taken) : [],
  ])
  const places = placesOf(place, [...inMonth, ...ahead])
  const [days, soon] = [inMonth, ahead].map((all) => onlyAt(all, where)) as [OpenDay[], OpenDay[]]
  const day = asked ?? days.find((d) => d.times.length > 0)?.date ?? null
  const times = days.find((d) => d.date === day)?.times ?? []
  const next = soon.flatMap((d) => d.times).slice(0, 3)
  const venue = venueWords[place.language]
  const shown = where ?? (places.length === 1 ? (places[0] ?? null) : null)
  const hold = { place, service, words, day, differs: places.length > 1 && !where }
  const waitFor = {
    service: service.id,
    provider: providerId ?? '',
    day: day ?? '',
    seats: String(place.seats),
  }
  return (
    <div className={styles.flow}>
      <Summary
        service={service}
        provider={offer.providers.find((p) => p.id === providerId)?.name ?? words.anybody}
        heading="h1"
        seats={place.seats}
        where={shown ? whereIn(place, shown) : null}
        {...{ locale, words }}
      />
      <div className={styles.main}>
        <Refused {...{ query, words }} />
        {query.repeat ? <Note>{words.repeatHow}</Note> : null}
        {near.length > 0 ? (
          <Note tone="warn" role="alert" title={words.someoneFaster}>
            <Hold {...hold} label={words.someoneFaster} times={near} withDay />
          </Note>
        ) : null}
        {service.providerIds.length > 1 ? <Providers {...{ place, service, words }} /> : null}
        {places.length > 1 ? (
          <TabLinks
            label={venue.where}
            tabs={[null, ...places].map((id) => ({
              href: place.href({ place: id ?? '' }),
              label: id ? whereIn(place, id).name : venue.all,
              current: where === id,
            }))}
          />
        ) : null}
        {service.capacity > 1 ? <Places {...{ place, service, words }} /> : null}
        <div className={styles.head}>
          <ZonePicker
            zone={zone}
            words={words}
            hidden={{
              service: service.id,
              provider: query.provider ?? '',
              day: day ?? '',
              month,
              seats: query.seats ?? '',
              place: where ?? '',
              repeat: query.repeat ?? '',
            }}
          />
          {dayZone === zone ? null : <span className="quiet small">{venue.timesThere(spoken(dayZone))}</span>}
          <Fresh topics={[...providerIds.map((id) => `calendar:${id}`), `catalogue:${offer.businessId}`]} />
        </div>
        {next.length > 0 && near.length === 0 ? (
          <section aria-labelledby="next" className={styles.section}>
            <h2 id="next">{words.next}</h2>
            <Hold {...hold} label={words.next} times={next} withDay />
          </section>
        ) : null}
        <div className={styles.choose}>
          <DateGrid
            month={month}
            value={day ?? undefined}
            days={countsOf(days)}
            today={now}
            min={now}
            locale={locale}
            weekStart={firstWeekday(locale)}
            href={hrefsOf(place)}
            heading="h2"
          />
          <section className={styles.section} aria-live="polite">
            <div className={styles.day}>
              <h2>{day ? dayIn(locale).format(Date.parse(day)) : words.chooseTime}</h2>
              {times.length > 0 ? <span className="quiet small">{words.timesFree(times.length)}</span> : null}
            </div>
            {times.length > 0 ? (
              <Hold {...hold} label={words.chooseTime} times={times} />
            ) : (
              <p className="quiet">
                {day ? words.noTimes : where ? venue.noTimesThere : words.noTimesInMonth}
              </p>
            )}
            <a className="small" href={place.href({ repeat: query.repeat ? '' : '1' })}>
              {query.repeat ? words.onlyOnce : words.repeat}
            </a>
            <a className="small" href={`/b/${offer.slug}/wait?${new URLSearchParams(waitFor)}`}>
              {words.waitInstead}
            </a>
          </section>
        </div>
      </div>
    </div>
  )
}

/** Why a time that was shown can no longer be had, whoever else wants it: it is offered otherwise by now. */
const otherwiseNow = [
  'too_soon',
  'too_far',
  'in_the_past',
  'outside_hours',
  'off_grid',
  'other_place',
  'not_offered',
]

function Refused({ query, words }: Pick<Place, 'query'> & Pick<Props, 'words'>) {
  if (!query.refused) return null
  const said: Record<string, string> = {
    too_many_holds: words.tooMany,
    held_too_often: words.tooOften,
    ...Object.fromEntries(otherwiseNow.map((code) => [code, words.timeGone])),
  }
  return (
    <Note tone="bad" role="alert">
      {said[query.refused] ?? words.notNow}
    </Note>
  )
}

type HoldProps = Props & {
  day: string | null
  label: string
  times: readonly OpenTime[]
  withDay?: boolean
  /** Times are at several places: each says where. */
  differs: boolean
}

/** The form whose buttons are times: choosing one holds it. */
function Hold({ place, service, words, day, label, times, withDay, differs }: HoldProps) {
  const { offer, query, providerId, zone, seats, where, language } = place
  const placeName = differs ? (id: string) => whereIn(place, id).name : undefined
  const hidden = {
    service: service.id,
    provider: providerId ?? 'any',
    zone,
    ...(day ? { day } : {}),
    ...(seats > 1 ? { seats: String(seats) } : {}),
    ...(query.draft ? { draft: query.draft } : {}),
    ...(where ? { place: where } : {}),
  }
  return (
    <form
      method={query.repeat ? 'get' : 'post'}
      action={`/b/${offer.slug}/${query.repeat ? 'series' : 'book/hold'}`}
    >
      {query.repeat ? null : <Once />}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FreshTimes
        key={withDay ? service.id : `${service.id} ${day}`}
        label={label}
        times={timesIn(place, times, {
          withDay,
          there: words.there,
          yours: venueWords[language].yourTime,
          placeName,
        })}
      />
    </form>
  )
}

/** The places at which there are times, those of the business by name, online last; and the one that was chosen. */
function placesOf({ offer, where }: Place, days: readonly OpenDay[]): string[] {
  const found = new Set(days.flatMap((d) => d.times.flatMap((time) => time.place ?? [])))
  if (where) found.add(where)
  return [...offer.venues.map(({ id }) => id), online].filter((id) => found.has(id))
}

const onlyAt = (days: readonly OpenDay[], where: string | null): OpenDay[] =>
  days.map((day) => ({ ...day, times: day.times.filter((time) => !where || time.place === where) }))

const spoken = (zone: string) => zone.replaceAll('_', ' ')

const mostOffered = 8

/** For how many: a link each, so that it works like every other choice here. */
function Places({ place, service, words }: Props) {
  const numbers = Array.from({ length: Math.min(service.capacity, mostOffered) }, (_, n) => n + 1)
  const tabs = numbers.map((n) => ({
    href: place.href({ seats: n > 1 ? String(n) : '' }),
    label: n === 1 ? words.placesFor(1) : String(n),
    current: place.seats === n,
  }))
  return <TabLinks label={words.places} tabs={tabs} />
}

function Providers({ place, service, words }: Props) {
  const chosen = place.offer.providers.filter((p) => service.providerIds.includes(p.id))
  const tab = (id: string | null, label: string) => ({
    href: place.href({ provider: id ?? '' }),
    label,
    current: place.providerId === id,
  })
  return (
    <TabLinks label={words.with} tabs={[tab(null, words.anybody), ...chosen.map((p) => tab(p.id, p.name))]} />
  )
}

/** The addresses of days and months, for whoever fills in which. */
const hrefsOf = ({ href }: Place) => ({
  day: href({ day: '{day}', month: '' }).replace('%7Bday%7D', '{day}'),
  month: href({ day: '', month: '{month}' }).replace('%7Bmonth%7D', '{month}'),
})

const countsOf = (days: OpenDay[]) => Object.fromEntries(days.map((d) => [d.date, { free: d.times.length }]))
