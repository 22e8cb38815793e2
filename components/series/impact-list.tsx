import type { ReactNode } from 'react'
import { Triangle } from '@/components/ui/icons'
import type { Impact, NamedClash, ShownSlot } from '@/server/scheduling/series/model-impact'
import type { ClassWords } from './class-words'
import styles from './series.module.css'

type Look = {
  words: ClassWords
  locale: string
  zone: string
  /** How a place is called. */
  placeName?: (place: string | null) => string | null
}

type Props = Look & {
  impact: Impact
  /** Where one of the times is looked at. */
  slotAt: (slotId: string) => string
  /** What can be done about a day on which something stands; how many have booked it. */
  leaveOut?: (slot: ShownSlot, people: number) => ReactNode
}

/** What a change would bring about: what is new, what changes, what goes, and who is touched by it. */
export function ImpactList({ impact, slotAt, leaveOut, ...look }: Props) {
  const { words } = look
  const { created, changed, lost, same, apart } = impact
  const count = (people: readonly unknown[]) =>
    people.length > 0 ? <strong>{words.people(people.length)}</strong> : null
  return (
    <div className={styles.impact}>
      <Part title={words.changed} n={changed.length}>
        {changed.map((slot) => (
          <li key={slot.slotId}>
            <Change was={slot.was} to={slot} {...look} />
            <Clashes clashes={slot.clashes} {...look} />
            {count(slot.people)}
            {slot.clashes.length > 0 ? leaveOut?.(slot, slot.people.length) : null}
          </li>
        ))}
      </Part>
      <Part title={words.lost} n={lost.length}>
        {lost.map((slot) => (
          <li key={slot.slotId}>
            <span className={styles.gone}>{when(slot, look)}</span>
            {count(slot.people)}
          </li>
        ))}
      </Part>
      <Part title={words.created} n={created.length}>
        {created.map((slot) => (
          <li key={slot.date}>
            <span className={styles.day}>{when(slot, look)}</span>
            <Clashes clashes={slot.clashes} {...look} />
            {slot.clashes.length > 0 ? leaveOut?.(slot, 0) : null}
          </li>
        ))}
      </Part>
      <Part title={words.goOwnWay} n={apart.length}>
        {apart.map((slot) => (
          <li key={slot.slotId}>
            <a href={slotAt(slot.slotId)}>{when(slot, look)}</a>
          </li>
        ))}
      </Part>
      {same > 0 ? <p className="quiet">{words.same(same)}</p> : null}
    </div>
  )
}

function Part({ title, n, children }: { title: string; n: number; children: ReactNode }) {
  if (n === 0) return null
  return (
    <section className="stack" data-gap="2">
      <h3>
        {title} <span className="quiet">{n}</span>
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
      <ul className={styles.slots} tabIndex={0} aria-label={title}>
        {children}
      </ul>
    </section>
  )
}

function Change({ was, to, ...look }: Look & { was: ShownSlot; to: ShownSlot }) {
  const places = look.words.places
  const moved = was.startTime !== to.startTime || was.endTime !== to.endTime
  const gone = `${styles.was} ${styles.gone}`
  return (
    <span className={styles.change}>
      <span className={moved ? gone : styles.day}>{when(was, look)}</span>
      {moved ? <span className={`${styles.day} ${styles.now}`}>{when(to, look)}</span> : null}
      {was.maxBookings === to.maxBookings ? null : (
        <>
          <span className={gone}>{places(was.maxBookings)}</span>
          <span className={styles.now}>{places(to.maxBookings)}</span>
        </>
      )}
      {was.place === to.place ? null : (
        <>
          <span className={gone}>{look.placeName?.(was.place)}</span>
          <span className={styles.now}>{look.placeName?.(to.place)}</span>
        </>
      )}
    </span>
  )
}

export function Clashes({ clashes, words, locale, zone }: Look & { clashes: readonly NamedClash[] }) {
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  return clashes.map((c) => (
    <span key={`${c.kind} ${c.startTime}`} className={styles.clash}>
      <Triangle />
      <span>
        {c.kind === 'past' || c.kind === 'seats'
          ? words.clashes[c.kind]
          : `${clock.formatRange(Date.parse(c.startTime), Date.parse(c.endTime))} ${c.name ?? words.clashes[c.kind]}`}
      </span>
    </span>
  ))
}

export const when = (slot: Pick<ShownSlot, 'startTime' | 'endTime'>, { locale, zone }: Omit<Look, 'words'>) =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  }).formatRange(Date.parse(slot.startTime), Date.parse(slot.endTime))
