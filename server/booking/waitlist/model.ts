import { z } from 'zod'
import type { Data } from '@/server/core/events'
import { day, id, instant } from '@/server/core/fields'
import { DAY, MINUTE, toLocal } from '@/server/core/time'
import { transitions } from '@/server/core/transitions'
import { type Calendar, isBookable, timesOf } from '@/server/scheduling/calendar/model'
import type { waitlistJoined, waitlistOffered } from './events'

export const waitlistStatuses = ['waiting', 'offered', 'accepted', 'lapsed', 'left'] as const
export type WaitlistStatus = (typeof waitlistStatuses)[number]

export const waitlistLife = transitions<WaitlistStatus, 'offer' | 'accept' | 'lapse' | 'outlive' | 'leave'>({
  offer: { from: ['waiting'], to: 'offered' },
  accept: { from: ['offered'], to: 'accepted' },
  lapse: { from: ['offered'], to: 'lapsed' },
  outlive: { from: ['waiting'], to: 'lapsed' },
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

type LocalTime = { startsAt: number; date: string; minute: number; weekday: number }

/** Weekday, hour and date are those of the place. */
const isWished = (w: Wish, { startsAt, date, minute, weekday }: LocalTime): boolean =>
  w.kind === 'time'
    ? Date.parse(w.startTime) === startsAt
    : w.weekdays.includes(weekday) &&
      w.fromMinute <= minute &&
      minute < w.untilMinute &&
      w.fromDate <= date &&
      date <= w.untilDate

/** From when on no time can be what was wished for, by whichever clock. */
export const overAt = (w: Wish): number =>
  w.kind === 'time' ? Date.parse(w.startTime) : Date.parse(`${w.untilDate}T00:00:00Z`) + 2 * DAY

type OpenTime = LocalTime & { endsAt: number; seatsLeft: number; isBookable(): boolean }

/** What nobody has of [from, until), looked through once for however many wait. */
export function openTimes(calendar: Calendar, { from, until }: { from: number; until: number }): OpenTime[] {
  const { timeZone } = calendar.rules
  const open = [...timesOf(calendar, Math.max(from, calendar.now), until)].filter((t) => t.seatsLeft > 0)
  return open.map(({ startsAt, endsAt, seatsLeft }) => {
    const { date, minute } = toLocal(timeZone, startsAt)
    const weekday = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
    let verdict: boolean | undefined
    const isOpen = () => (verdict ??= isBookable(calendar, startsAt).ok)
    return { startsAt, endsAt, date, minute, weekday, seatsLeft, isBookable: isOpen }
  })
}

/** The first of these times that is wished for and can be booked now. */
export const firstWished = (times: readonly OpenTime[], { wish, seats }: { wish: Wish; seats: number }) =>
  times.find((time) => time.seatsLeft >= seats && isWished(wish, time) && time.isBookable())?.startsAt ?? null

/** An offer ends when its time does at the latest: what has begun is kept for nobody. */
export const offerEnd = (startsAt: number, noticeMinutes: number, now: number): number => {
  const toDecide = Math.max(startsAt - noticeMinutes * MINUTE, now + 5 * MINUTE)
  return Math.min(now + offerMinutes * MINUTE, toDecide, startsAt)
}

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
