'use client'

import type { ReactNode } from 'react'
import { Countdown } from './countdown'
import { Check, Hourglass, Queue } from './icons'
import { useWords } from './language'
import styles from './time-list.module.css'
import type { Words } from './words'

export type TimeState = 'free' | 'chosen' | 'held' | 'taken' | 'waitlist'
export type Time = {
  /** The instant, as the wire spells it. */
  at: string
  /** What sends it and what it is known by, where the instant alone does not say it. */
  id?: string
  /** The day, where times of several stand together. */
  day?: string
  /** The clock time at the place, and under it what it is for the reader. */
  label: string
  second?: ReactNode
  /** Where, where that is not the same for all. */
  where?: ReactNode
  state?: TimeState
  /** How many milliseconds a chosen time is still held. */
  heldMs?: number
  seats?: { left: number; of?: number }
  /** Where it leads without script. */
  href?: string
  /** Changed while one was looking. */
  changed?: boolean
}

type Props = {
  label: string
  times: readonly Time[]
  onChoose?: (at: string) => void
  /** Of the field that a time is in the form around them: each is a button that sends it. */
  field?: string
}

/** The times of one day, or of a part of it. Without `onChoose`, a field or an address they are shown, not pressed. */
export function TimeList({ label, times, onChoose, field }: Props) {
  const words = useWords()
  return (
    <ul className={styles.times} aria-label={label}>
      {times.map((time) => (
        <li key={time.id ?? time.at}>
          <TimeButton time={time} onChoose={onChoose} field={field} words={words} />
        </li>
      ))}
    </ul>
  )
}

function TimeButton({
  time,
  onChoose,
  field,
  words,
}: Omit<Props, 'label' | 'times'> & { time: Time; words: Words }) {
  const { at, day, label, state = 'free', changed } = time
  const shared = { className: styles.time, 'data-state': state, 'data-changed': changed || undefined }
  const inside = (
    <>
      {day ? <small>{day}</small> : null}
      <time dateTime={at}>{label}</time>
      <Below time={time} words={words} />
    </>
  )
  const open = state === 'free' || state === 'waitlist'
  if (state === 'chosen')
    return (
      <button type="button" {...shared} aria-pressed="true" onClick={onChoose && (() => onChoose(at))}>
        {inside}
      </button>
    )
  if (open && field)
    return (
      <button type="submit" {...shared} name={field} value={time.id ?? at}>
        {inside}
      </button>
    )
  if (open && time.href && !onChoose)
    return (
      <a {...shared} href={time.href}>
        {inside}
      </a>
    )
  if (open && onChoose)
    return (
      <button type="button" {...shared} aria-pressed="false" onClick={() => onChoose(at)}>
        {inside}
      </button>
    )
  return (
    <div {...shared} data-still={open || undefined}>
      {inside}
    </div>
  )
}

function Below({ time, words }: { time: Time; words: Words }) {
  const { state, second, where, seats, heldMs } = time
  if (state === 'taken') return <small>{words.justTaken}</small>
  if (state === 'held')
    return (
      <small>
        <Hourglass />
        {words.heldByOther}
      </small>
    )
  if (state === 'waitlist')
    return (
      <small>
        <Queue />
        {words.joinList}
      </small>
    )
  if (state === 'chosen')
    return (
      <small>
        <Check />
        {heldMs ? <Countdown ms={heldMs} says={words.heldFor('{left}')} /> : (second ?? words.chosen)}
      </small>
    )
  const left = seats && (seats.of ? words.seats(seats.left, seats.of) : words.places(seats.left))
  return (
    <>
      {second ? <small>{second}</small> : null}
      {where ? <small>{where}</small> : null}
      {left ? <small>{left}</small> : null}
    </>
  )
}
