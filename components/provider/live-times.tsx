'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLiveStatus } from '@/components/api/live'
import { fetchIfChanged, remember } from '@/components/api/live-fetch'
import { useLiveQueries } from '@/components/api/live-queries'
import { ApiProvider } from '@/components/api/query-client'
import { useLanguage } from '@/components/ui/language'
import { LiveIndicator } from '@/components/ui/live-indicator'
import { TimeList } from '@/components/ui/time-list'
import { useChanged } from '@/components/ui/use-changed'
import styles from './live-times.module.css'
import { type ProviderWords, providerWords } from './words'

type Time = { startTime: string; endTime: string; status: string; seatsLeft: number; place?: string }
export type Times = {
  timeZone: string
  version: string
  places: { id: string; name: string }[]
  days: { date: string; slots: Time[] }[]
}

type Props = {
  providerId: string
  serviceId: string
  businessId: string
  etag: string
  initial: Times
  locale: string
  /** Where a time is booked; its day is added. */
  book: string
}

/** The next seven days, kept current while they are looked at. */
export function LiveTimes(props: Props) {
  return (
    <ApiProvider>
      <Current {...props} />
    </ApiProvider>
  )
}

function Current({ providerId, serviceId, businessId, etag, initial, locale, book }: Props) {
  const words = providerWords[useLanguage()]
  const url = `/api/v1/providers/${providerId}/availability?serviceId=${serviceId}`
  const key = ['availability', providerId, serviceId]
  const { status, since } = useLiveStatus()
  useState(() => remember(url, etag, initial))
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => fetchIfChanged<Times>(url, signal),
    initialData: initial,
  })
  useLiveQueries([`calendar:${providerId}`, `catalogue:${businessId}`], [key])
  return (
    <>
      <div className={styles.current}>
        <span>{words.timesIn(data.timeZone.replaceAll('_', ' '))}</span>
        <LiveIndicator
          steady
          mode={status === 'live' || status === 'polling' ? status : 'offline'}
          time={status === 'live' || status === 'polling' ? undefined : shortTime(since, locale)}
        />
      </div>
      <Days times={data} words={words} locale={locale} book={book} />
    </>
  )
}

const shortTime = (at: number, locale: string) =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at)

type DaysProps = { times: Times; words: ProviderWords; locale: string; book: string }

function Days({ times, words, locale, book }: DaysProps) {
  const fresh = useChanged(times.days.flatMap((d) => d.slots.map((s) => [s.startTime, s.seatsLeft] as const)))
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: times.timeZone })
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  const differs = new Set(times.days.flatMap((d) => d.slots.map((s) => s.place))).size > 1
  const called = (place?: string) =>
    place === 'online' ? words.online : times.places.find(({ id }) => id === place)?.name
  return times.days.map(({ date, slots }) => {
    const said = day.format(new Date(date))
    return (
      <section key={date} className={styles.day} aria-label={said}>
        <h3>{said}</h3>
        {slots.length === 0 ? (
          <p className="quiet">{words.noTime}</p>
        ) : (
          <TimeList
            label={said}
            times={slots.map((slot) => ({
              at: slot.startTime,
              href: `${book}&startTime=${slot.startTime}`,
              label: clock.format(new Date(slot.startTime)),
              where: differs ? called(slot.place) : undefined,
              second: slot.seatsLeft > 1 ? words.places(slot.seatsLeft) : undefined,
              changed: fresh.has(slot.startTime),
            }))}
          />
        )}
      </section>
    )
  })
}
