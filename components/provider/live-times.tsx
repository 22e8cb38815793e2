'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLiveStatus } from '@/components/api/live'
import { fetchIfChanged, remember } from '@/components/api/live-fetch'
import { useLiveQueries } from '@/components/api/live-queries'
import { ApiProvider } from '@/components/api/query-client'
import { LiveIndicator } from '@/components/ui/live-indicator'
import { TimeList } from '@/components/ui/time-list'
import { useChanged } from '@/components/ui/use-changed'
import styles from './live-times.module.css'

type Time = { startTime: string; endTime: string; status: string; seatsLeft: number }
export type Times = { timeZone: string; version: string; days: { date: string; slots: Time[] }[] }

type Props = { providerId: string; serviceId: string; businessId: string; etag: string; initial: Times }

/** The next seven days, kept current while they are looked at. */
export function LiveTimes(props: Props) {
  return (
    <ApiProvider>
      <Current {...props} />
    </ApiProvider>
  )
}

function Current({ providerId, serviceId, businessId, etag, initial }: Props) {
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
        <span>Times in {data.timeZone.replaceAll('_', ' ')}</span>
        <LiveIndicator
          steady
          mode={status === 'live' || status === 'polling' ? status : 'offline'}
          time={status === 'live' || status === 'polling' ? undefined : shortTime(since)}
        />
      </div>
      <Days times={data} />
    </>
  )
}

const shortTime = (at: number) => new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(at)

function Days({ times }: { times: Times }) {
  const fresh = useChanged(times.days.flatMap((d) => d.slots.map((s) => [s.startTime, s.seatsLeft] as const)))
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: times.timeZone,
  })
  const day = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  return times.days.map(({ date, slots }) => {
    const said = day.format(new Date(date))
    return (
      <section key={date} className={styles.day} aria-label={said}>
        <h3>{said}</h3>
        {slots.length === 0 ? (
          <p className="quiet">No free time</p>
        ) : (
          <TimeList
            label={said}
            times={slots.map((slot) => ({
              at: slot.startTime,
              label: clock.format(new Date(slot.startTime)),
              second: slot.seatsLeft > 1 ? `${slot.seatsLeft} places` : undefined,
              changed: fresh.has(slot.startTime),
            }))}
          />
        )}
      </section>
    )
  })
}
