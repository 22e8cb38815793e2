import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Data } from '@/server/core/events'
import { addressed } from '../template/model-calendar'
import type { feedSet } from './events'

/** The calendar of all that somebody booked. */
export type OwnFeed = { feedId: string | null }

export const evolveFeed = {
  'notification.feed.set.v1': (_: OwnFeed | null, d: Data<typeof feedSet>): OwnFeed => ({
    feedId: d.feedId,
  }),
}

export type FeedEntry = {
  id: string
  /** The booking's version: a calendar shows the highest it has seen. */
  sequence: number
  /** When it was last changed. */
  at: string
  startTime: string
  endTime: string
  gone: boolean
  summary: string
  description: string
  place: string
  url: string | null
}

/** How long a calendar is told of what was called off: long enough for those that look once a week. */
export const goneDays = 30
/** How far back and ahead a feed reaches. */
export const feedDays = { back: 30, ahead: 400 }

/** Somebody's appointments, for programs that come back for them. The same entries are the same file. */
export function feedFile(name: string, entries: readonly FeedEntry[]): string {
  const calendar = ical({
    name: plain(name),
    prodId: { company: 'SlotWise', product: 'SlotWise' },
    ttl: 15 * 60,
  })
  calendar.method(ICalCalendarMethod.PUBLISH)
  for (const one of entries)
    calendar.createEvent({
      id: `${one.id}@slotwise`,
      sequence: one.sequence,
      stamp: new Date(one.at),
      start: new Date(one.startTime),
      end: new Date(one.endTime),
      summary: plain(one.summary),
      description: plain(one.description),
      location: plain(one.place),
      url: one.url ? addressed(one.url) : undefined,
      status: one.gone ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  return calendar.toString()
}

/** A bare carriage return would begin a new line of the file, which is a new field. */
const plain = (text: string): string => text.replace(/\r\n?/g, '\n')
