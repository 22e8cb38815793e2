import { z } from 'zod'
import type { Data } from '@/server/core/events'
import { day, id, instant } from '@/server/core/fields'
import { DAY, MINUTE, toLocal } from '@/server/core/time'
import { transitions } from '@/server/core/transitions'
import { type Calendar, isBookable, timesOf } from '@/server/scheduling/calendar/model'
import type { waitlistJoined, waitlistOffered } from './events'

export const waitlistStatuses = ['waiting', 'offered', 'accepted', 'lapsed', 'left'] as const
export type WaitlistStatus = (typeof waitlistStatuses)[number]

export const waitlistLife = transitions<WaitlistStatus, 'offer' | 'accept' | 'lapse' | 'leave'>({
  offer: { from: ['waiting'], to: 'offered' },
  accept: { from: ['offered'], to: 'accepted' },
  lapse: { from: ['offered'], to: 'lapsed' },
  leave: { from: ['waiting', 'offered'], to: 'left' },
})

/** How long an offered time is kept for whoever waited; shorter where it begins sooner. */
export const offerMinutes = 60
export const waitingPerContact = 10

const minuteOfDay = z
  .int()
  .min(0)
  .max(24 * 60)

/** This very time, or any that fits a rule: days of the week, hours of the day, dates, whichever of these people. */
export const wish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('time'), providerId: id, startTime: instant }),
  z
    .strictObject({
      kind: z.literal('rule'),
      providerIds: z.array(id).min(1).max(50),
      /** ISO weekdays, Monday is 1. */
      weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
      fromMinute: minuteOfDay.default(0),
      untilMinute: minuteOfDay.default(24 * 60),
      fromDate: day,
      untilDate: day,
    })
    .refine((w) => w.fromMinute < w.untilMinute && w.fromDate <= w.untilDate, 'ends before it begins'),
])
export type Wish = z.output<typeof wish>

export const providersOf = (w: Wish): string[] => (w.kind === 'time' ? [w.providerId] : w.providerIds)

/** Weekday, hour and date are those of the place. */
export function isWished(w: Wish, providerId: string, startsAt: number, timeZone: string): boolean {
  if (!providersOf(w).includes(providerId)) return false
  if (w.kind === 'time') return Date.parse(w.startTime) === startsAt
  const { date, minute } = toLocal(timeZone, startsAt)
  const weekday = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
  return (
    w.weekdays.includes(weekday) &&
    w.fromMinute <= minute &&
    minute < w.untilMinute &&
    w.fromDate <= date &&
    date <= w.untilDate
  )
}

/** A wish that no time can meet any more. */
export const isOver = (w: Wish, now: number): boolean =>
  w.kind === 'time' ? Date.parse(w.startTime) <= now : Date.parse(`${w.untilDate}T00:00:00Z`) + 2 * DAY <= now

/** The first time that begins in [from, until), is wished for, and can be booked now. */
export function firstWished(
  calendar: Calendar,
  wanted: { wish: Wish; providerId: string; seats: number },
  { from, until }: { from: number; until: number },
): number | null {
  for (const time of timesOf(calendar, Math.max(from, calendar.now), until)) {
    if (time.seatsLeft < wanted.seats) continue
    if (!isWished(wanted.wish, wanted.providerId, time.startsAt, calendar.rules.timeZone)) continue
    if (isBookable(calendar, time.startsAt, wanted.seats).ok) return time.startsAt
  }
  return null
}

export const offerEnd = (startsAt: number, noticeMinutes: number, now: number): number =>
  Math.min(now + offerMinutes * MINUTE, Math.max(startsAt - noticeMinutes * MINUTE, now + 5 * MINUTE))

export type Entry = Omit<Data<typeof waitlistJoined>, 'businessId'> & {
  status: WaitlistStatus
  offer: Offer | null
}
export type Offer = Pick<Data<typeof waitlistOffered>, 'holdId' | 'providerId' | 'startTime' | 'expiresAt'>

export const evolveWaitlist = {
  'booking.waitlist.joined.v1': (
    _: Entry | null,
    { businessId: _b, ...d }: Data<typeof waitlistJoined>,
  ): Entry => ({ ...d, status: 'waiting', offer: null }),
  'booking.waitlist.offered.v1': (
    s: Entry,
    { holdId, providerId, startTime, expiresAt }: Data<typeof waitlistOffered>,
  ): Entry => ({ ...s, status: 'offered', offer: { holdId, providerId, startTime, expiresAt } }),
  'booking.waitlist.accepted.v1': (s: Entry): Entry => ({ ...s, status: 'accepted' }),
  'booking.waitlist.lapsed.v1': (s: Entry): Entry => ({ ...s, status: 'lapsed' }),
  'booking.waitlist.left.v1': (s: Entry): Entry => ({ ...s, status: 'left' }),
}
