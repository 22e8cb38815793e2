import type { Data } from '@/server/core/events'
import { transitions } from '@/server/core/transitions'
import type { Where } from '@/server/location/venue/model-place'
import type { seriesCreated, seriesEnded, seriesExtended, seriesUpdated } from './events'

export const seriesStatuses = ['active', 'ended'] as const
export type SeriesStatus = (typeof seriesStatuses)[number]

export const seriesLife = transitions<SeriesStatus, 'update' | 'extend' | 'end'>({
  update: { from: ['active'], to: 'active' },
  extend: { from: ['active'], to: 'active' },
  end: { from: ['active'], to: 'ended' },
})

/** Written out at least this far, and as far as the service can be booked. */
export const leastDaysAhead = 90
export const daysAhead = (windowDays: number): number => Math.max(leastDaysAhead, windowDays)

export type Series = {
  providerId: string
  serviceId: string
  rrule: string
  startDate: string
  time: string
  timeZone: string
  exDates: string[]
  durationMinutes: number
  maxBookings: number
  place: Where | null
  writtenThrough: string
  status: SeriesStatus
}

export const evolveSeries = {
  'scheduling.series.created.v1': (
    _: Series | null,
    { seriesId: _i, businessId: _b, continues: _c, ...d }: Data<typeof seriesCreated>,
  ): Series => ({ ...d, place: d.place ?? null, status: 'active' }),
  'scheduling.series.updated.v1': (
    s: Series,
    { seriesId: _, providerId: _p, ...d }: Data<typeof seriesUpdated>,
  ): Series => ({ ...s, ...d, place: d.place ?? null }),
  'scheduling.series.extended.v1': (s: Series, d: Data<typeof seriesExtended>): Series => ({
    ...s,
    writtenThrough: d.writtenThrough,
    exDates: [...s.exDates, ...d.leftOut.map(({ date }) => date)],
  }),
  'scheduling.series.ended.v1': (s: Series, d: Data<typeof seriesEnded>): Series => ({
    ...s,
    rrule: d.rrule,
    status: 'ended',
  }),
}
