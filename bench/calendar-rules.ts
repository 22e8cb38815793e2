import { addDays, DAY, MINUTE, startOfDay } from '@/server/core/time'
import { availability, type Calendar } from '@/server/scheduling/calendar/model'
import { type Bench, below, measure } from './lib/measure'
import { percentile } from './lib/statistics'

const timeZone = 'Europe/Berlin'
const startDate = '2027-01-01'

/** Two ranges on each working day: ten rules. */
const weekly = Object.fromEntries(
  ['1', '2', '3', '4', '5'].map((day) => [
    day,
    [
      ['08:00', '12:00'],
      ['13:00', '18:00'],
    ],
  ]),
)

function year(): Calendar {
  const now = startOfDay(timeZone, startDate) - DAY
  const busy = Array.from({ length: 500 }, (_, n) => {
    const startsAt = startOfDay(timeZone, addDays(startDate, (n * 7) % 365)) + (8 + (n % 9)) * 60 * MINUTE
    const endsAt = startsAt + 45 * MINUTE
    return {
      id: String(n),
      startsAt,
      endsAt,
      from: startsAt,
      to: endsAt + 15 * MINUTE,
      status: 'booked' as const,
    }
  })
  const offer = {
    durationMinutes: 60,
    stepMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    noticeMinutes: 60,
    windowDays: 400,
    capacity: 1,
  }
  return {
    rules: { timeZone, weekly: weekly as Calendar['rules']['weekly'], overrides: {} },
    offer,
    busy,
    slots: [],
    now,
  }
}

export const calendarRules: Bench = {
  name: 'calendar.rules',
  about: 'a year of times of a provider with 10 rules and 500 busy ranges, across both clock changes',
  floor: 'none',
  async run() {
    const calendar = year()
    const times: number[] = []
    for (let n = 0; n < 120; n++) {
      const began = performance.now()
      const { days } = availability({ ...calendar, startDate, days: 365, timeZone })
      if (n >= 20) times.push(performance.now() - began)
      if (days.flatMap(({ slots }) => slots).length < 1000)
        throw new Error('there are too few times to be a year')
    }
    return [
      measure('calendar.rules', { value: percentile(times, 0.5), unit: 'ms', goal: below(10, 'ms') }),
      measure('calendar.rules.p95', { value: percentile(times, 0.95), unit: 'ms' }),
    ]
  },
}
