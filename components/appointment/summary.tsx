import type { ReactNode } from 'react'
import { Card as CardIcon, Clock, Person, Pin, Undo } from '@/components/ui/icons'
import styles from './booking.module.css'
import { priceOf } from './choose-service'
import type { BookingWords } from './words'

type Props = {
  service: {
    name: string
    durationMinutes: number
    price: { amount: number; currency: string }
    freeUntilHours: number
    lateFeePercent: number
  }
  provider: string
  /** Where, where that is decided. */
  where?: { name: string; under: string } | null
  seats?: number
  locale: string
  words: BookingWords
  heading: 'h1' | 'h2'
  children?: ReactNode
}

/** What is being booked, beside whatever has to be decided about it. */
export function Summary(props: Props) {
  const { service, provider, where, seats = 1, locale, words, heading: Heading, children } = props
  const { durationMinutes, price, freeUntilHours, lateFeePercent } = service
  return (
    <section className={styles.summary} aria-label={words.summary}>
      <Heading className={styles.name}>{service.name}</Heading>
      <ul className={styles.facts}>
        <li>
          <Clock />
          {words.minutes(durationMinutes)}
        </li>
        <li>
          <CardIcon />
          {priceOf({ ...price, amount: price.amount * seats }, locale, words)}
          {seats > 1 ? ` · ${words.placesFor(seats)}` : null}
        </li>
        <li>
          <Person />
          {provider}
        </li>
        {where ? (
          <li>
            <Pin />
            <span>
              {where.name}
              {where.under ? (
                <>
                  <br />
                  <span className="quiet small">{where.under}</span>
                </>
              ) : null}
            </span>
          </li>
        ) : null}
      </ul>
      {children}
      <p className={styles.terms}>
        <Undo />
        {lateFeePercent === 0 || price.amount === 0
          ? words.cancelFree
          : words.cancelTerms(freeUntilHours, lateFeePercent)}
      </p>
    </section>
  )
}
