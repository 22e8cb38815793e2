import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { DAY, daysFrom, FOREVER, formatClock, formatInstant, MINUTE } from '@/server/core/time'
import {
  availability,
  type Busy,
  type Calendar,
  isBookable,
  type ListedDay,
  nearestFree,
  type Range,
  rulesSchema,
  type TimeStatus,
  type View,
  type WrittenSlot,
} from './model'

type Question = Calendar & View

/**
 * What `availability` ought to say, found by looking at the clock on the provider's wall in every single minute and at
 * everything that is taken. Slow, and shares nothing with the model but its types.
 */
function reference(question: Question): ListedDay[] {
  const { rules, offer, busy, slots, now, startDate, days, timeZone, includeBooked } = question
  const zone = rules.timeZone
  const local = remembered((at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone),
  )
  const rangesAt = (at: number) => {
    const { dayOfWeek } = local(at)
    const date = local(at).toPlainDate().toString()
    const usual = rules.holidays?.days.includes(date) ? [] : rules.weekly[`${dayOfWeek}` as '1']
    const ranges = rules.overrides[date] ?? usual ?? []
    const time = local(at).toPlainTime().toString({ smallestUnit: 'minute' })
    return ranges
      .filter(([from, to]) => from <= time && time < to)
      .map(([from, , place]) => ({ from, time, place: wanted(place) }))
      .filter(({ place }) => place !== 'nowhere')
  }
  /** Where somebody who wants this service goes; `nowhere` where it is not given. */
  function wanted(said: string | null | undefined): string {
    if (offer.given === 'online')
      return said === undefined || said === null || said === 'online' ? 'online' : 'nowhere'
    const place = said ?? rules.place ?? ''
    return offer.given === 'on_site' && place === 'online' ? 'nowhere' : place
  }
  const placesAt = remembered((at: number) => [...new Set(rangesAt(at).map(({ place }) => place))])
  const minutesOfDay = (time: string) => Temporal.PlainTime.from(time).since('00:00').total('minutes')
  const onGrid = (at: number) =>
    rangesAt(at).some(({ from, time }) => (minutesOfDay(time) - minutesOfDay(from)) % offer.stepMinutes === 0)
  // Newfoundland's clocks used to go back into the day before: a day that was reached, if only for a minute, stays reached.
  const reached = Array.from({ length: 181 }, (_, ago) => local(now - ago * MINUTE).toPlainDate()).sort(
    Temporal.PlainDate.compare,
  )
  const opens = reached.at(-1)?.add({ days: offer.windowDays + 1 })
  const limit = opens?.toZonedDateTime(zone).epochMilliseconds ?? Number.NaN
  const within = (at: number) => at >= now + offer.noticeMinutes * MINUTE && at < limit

  const fitting = slots.filter((slot) => wanted(slot.place) !== 'nowhere')

  function implied(startsAt: number) {
    const endsAt = startsAt + offer.durationMinutes * MINUTE
    const [place = ''] = placesAt(startsAt)
    for (let at = startsAt; at < endsAt; at += MINUTE)
      if (placesAt(at).length === 0 || placesAt(at)[0] !== place) return undefined
    if (!onGrid(startsAt) || fitting.some((slot) => slot.startsAt === startsAt)) return undefined
    const [from, to] = [
      startsAt - offer.bufferBeforeMinutes * MINUTE,
      endsAt + offer.bufferAfterMinutes * MINUTE,
    ]
    const met: string[] = busy
      .filter(
        (range) => !(range.status === 'held' && range.expiresAt !== undefined && range.expiresAt <= now),
      )
      .filter((range) => range.from < to && from < range.to)
      .map((range) => range.status)
    for (const slot of slots) {
      const [slotFrom, slotTo] = [
        slot.startsAt - offer.bufferBeforeMinutes * MINUTE,
        slot.endsAt + offer.bufferAfterMinutes * MINUTE,
      ]
      if (slotFrom < to && from < slotTo) met.push('blocked')
    }
    const status: TimeStatus =
      (['blocked', 'booked', 'held'] as const).find((each) => met.includes(each)) ?? 'available'
    return { startsAt, endsAt, status, seatsLeft: status === 'available' ? offer.capacity : 0, id: '', place }
  }

  function writtenTime({ id, startsAt, endsAt, capacity, taken, open, holds = [], place }: WrittenSlot) {
    const sum = (each: typeof holds) => each.reduce((seats, hold) => seats + hold.seats, 0)
    const left = capacity - taken + sum(holds.filter((hold) => hold.expiresAt <= now))
    const full = sum(holds.filter((hold) => hold.expiresAt > now)) > 0 ? 'held' : 'booked'
    const status: TimeStatus = open ? (left > 0 ? 'available' : full) : 'blocked'
    return {
      startsAt,
      endsAt,
      status,
      seatsLeft: status === 'available' ? left : 0,
      id,
      place: wanted(place),
    }
  }

  const inView = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
  return daysFrom(startDate, days).map((date) => {
    const around = Date.parse(date)
    const times: ReturnType<typeof writtenTime>[] = []
    for (let at = around - DAY; at < around + 2 * DAY; at += MINUTE) {
      if (!within(at) || inView(at).toString() !== date) continue
      const time = implied(at)
      if (time) times.push(time)
    }
    for (const slot of fitting) {
      if (within(slot.startsAt) && inView(slot.startsAt).toString() === date) times.push(writtenTime(slot))
    }
    times.sort((a, b) => a.startsAt - b.startsAt || a.endsAt - b.endsAt || (a.id < b.id ? -1 : 1))
    return {
      date,
      slots: times
        .filter((time) => includeBooked || time.status === 'available')
        .map(({ startsAt, endsAt, status, seatsLeft, id, place }) => ({
          startTime: formatInstant(startsAt),
          endTime: formatInstant(endsAt),
          status,
          seatsLeft,
          ...(id ? { slotId: id } : {}),
          ...(place ? { place } : {}),
        })),
    }
  })
}

function remembered<T>(look: (at: number) => T): (at: number) => T {
  const seen = new Map<number, T>()
  return (at) => {
    if (!seen.has(at)) seen.set(at, look(at))
    return seen.get(at) as T
  }
}

// Zones whose clocks do what clocks do, and days on which they do it.
const occasions = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Africa/Casablanca', '2024-03-10'],
  ['Africa/Casablanca', '2024-04-14'],
  ['Africa/Cairo', '2026-04-24'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['America/St_Johns', '2010-11-07'],
  ['Asia/Beirut', '2026-03-29'],
  ['Europe/Dublin', '2026-10-25'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['UTC', '2026-12-31'],
] as const
const viewZones = [...new Set(occasions.map(([zone]) => zone))]

const ranges = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((quarters) => quarters.sort((a, b) => a - b).map((quarter) => formatClock(quarter * 15)))
  .map((clocks): Range[] =>
    clocks.flatMap((to, index) => (index % 2 ? [[clocks[index - 1] ?? '', to] as Range] : [])),
  )
const touching = fc.constantFrom<Range[]>(
  [['00:00', '24:00']],
  [
    ['00:00', '02:20'],
    ['02:20', '24:00'],
  ],
  [
    ['01:00', '02:30'],
    ['02:30', '04:00'],
  ],
)
const venues = ['00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-0000000000a2']
const place = fc.option(fc.constantFrom('online', ...venues), { nil: undefined, freq: 2 })
const hours = fc
  .tuple(
    fc.oneof({ weight: 2, arbitrary: ranges }, { weight: 1, arbitrary: touching }),
    fc.array(place, { minLength: 3, maxLength: 3 }),
  )
  .map(([all, places]) =>
    all.map(([from, to], index): Range => {
      const at = places[index]
      return at ? [from, to, at] : [from, to]
    }),
  )

const fives = (min: number, max: number) => fc.integer({ min, max }).map((count) => count * 5)
const offer = fc.record({
  durationMinutes: fives(1, 30),
  stepMinutes: fives(1, 24),
  bufferBeforeMinutes: fives(0, 6),
  bufferAfterMinutes: fives(0, 6),
  noticeMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 600 })),
  windowDays: fc.integer({ min: 0, max: 3 }),
  capacity: fc.integer({ min: 1, max: 3 }),
  given: fc.constantFrom(undefined, 'either' as const, 'on_site' as const, 'online' as const),
})

const expiry = (now: number) => fc.integer({ min: -30, max: 2_000 }).map((minutes) => now + minutes * MINUTE)
const start = (around: number) =>
  fc.oneof(
    fc.integer({ min: -3 * 288, max: 4 * 288 }).map((fifth) => around + fifth * 5 * MINUTE),
    fc.integer({ min: -24, max: 36 }).map((hour) => around + hour * 60 * MINUTE),
  )

const busyRange = (around: number, now: number): fc.Arbitrary<Busy> =>
  fc
    .record({
      from: start(around),
      length: fives(1, 80),
      status: fc.constantFrom('held' as const, 'held' as const, 'booked' as const, 'blocked' as const),
      expiresAt: fc.option(expiry(now), { nil: undefined, freq: 5 }),
    })
    .map(({ from, length, status, expiresAt }) => {
      const to = from + length * MINUTE
      return { id: formatInstant(from), from, to, startsAt: from, endsAt: to, status, expiresAt }
    })

const slot = (around: number, now: number): fc.Arbitrary<Omit<WrittenSlot, 'id'>> =>
  fc
    .record({
      startsAt: start(around),
      length: fives(1, 40),
      capacity: fc.integer({ min: 1, max: 4 }),
      firm: fc.integer({ min: 0, max: 4 }),
      holds: fc.array(fc.record({ seats: fc.integer({ min: 1, max: 2 }), expiresAt: expiry(now) }), {
        maxLength: 3,
      }),
      open: fc.constantFrom(true, true, true, false),
      place,
    })
    .map(({ startsAt, length, capacity, firm, holds, open, place }) => {
      const fitting = holds.filter((_, index) => seatsOf(holds.slice(0, index + 1)) <= capacity)
      const taken = Math.min(capacity, firm + seatsOf(fitting))
      return { startsAt, endsAt: startsAt + length * MINUTE, capacity, taken, holds: fitting, open, place }
    })
const seatsOf = (holds: readonly { seats: number }[]) => holds.reduce((sum, hold) => sum + hold.seats, 0)

const dayAfter = (date: string, days: number) =>
  new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)

const holidaysOn = (day: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(day, { maxLength: 2 })
    .map((days) => ({ region: 'DE-BE', days, through: '2030-12-31', open: [] }))

const question: fc.Arbitrary<Question> = fc
  .record({ occasion: fc.constantFrom(...occasions), lead: fc.integer({ min: -600, max: 5_000 }) })
  .chain(({ occasion: [zone, date], lead }) => {
    const around = Date.parse(date)
    const now = around - lead * MINUTE
    const day = fc.constantFrom(-1, 0, 1).map((days) => dayAfter(date, days))
    const slots = fc.array(slot(around, now), { maxLength: 3 })
    return fc.record({
      rules: fc.record({
        timeZone: fc.constant(zone),
        weekly: fc.record({ '1': hours, '4': hours, '5': hours, '6': hours, '7': hours }),
        overrides: fc.dictionary(day, hours, { maxKeys: 2 }),
        holidays: fc.option(holidaysOn(day), { nil: undefined }),
        place,
      }),
      offer,
      busy: fc.array(busyRange(around, now), { maxLength: 8 }),
      slots: slots.map((each) => each.map((one, index) => ({ id: `slot ${index}`, ...one }))),
      now: fc.constantFrom(now, now + 1, now - 1),
      startDate: fc.constantFrom(date, dayAfter(date, -1)),
      days: fc.integer({ min: 1, max: 2 }),
      timeZone: fc.oneof(fc.constant(zone), fc.constantFrom(...viewZones)),
      includeBooked: fc.boolean(),
    })
  })

const soak = Boolean(process.env.SOAK)
const runs = (usual: number) => ({ numRuns: soak ? usual * 50 : usual })
const timeout = soak ? 900_000 : 60_000
const startsOf = (days: ListedDay[]) =>
  days.flatMap((day) => day.slots.map((time) => Date.parse(time.startTime)))

describe('availability', () => {
  it('is what looking at every minute finds', { timeout }, () => {
    let listed = 0
    fc.assert(
      fc.property(question, (asked) => {
        expect(rulesSchema.safeParse(asked.rules).success).toBe(true)
        const { days } = availability(asked)
        listed += startsOf(days).length
        expect(days).toEqual(reference(asked))
      }),
      runs(60),
    )
    expect(listed).toBeGreaterThan(100)
  })

  it('stays so until it says, and changes then', { timeout }, () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { days, validUntil } = availability(asked)
        expect(validUntil).toBeGreaterThan(asked.now)
        for (const now of momentsOf(asked).filter((moment) => moment > asked.now && moment < validUntil)) {
          expect(availability({ ...asked, now })).toEqual({ days, validUntil })
        }
        if (validUntil < FOREVER) expect(availability({ ...asked, now: validUntil }).days).not.toEqual(days)
      }),
      runs(60),
    )
  })

  it('offers exactly what can be booked', { timeout }, () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { days } = availability({ ...asked, includeBooked: false })
        const shown = new Set(startsOf(days))
        const zone = asked.timeZone
        const ofView = new Set(days.map((day) => day.date))
        for (const day of days) {
          for (let at = Date.parse(day.date) - DAY; at < Date.parse(day.date) + 2 * DAY; at += 5 * MINUTE) {
            const answer = isBookable(asked, at)
            if (answer.ok === shown.has(at)) continue
            const date = Temporal.Instant.fromEpochMilliseconds(at)
              .toZonedDateTimeISO(zone)
              .toPlainDate()
              .toString()
            expect([formatInstant(at), answer.ok, ofView.has(date)]).toEqual([formatInstant(at), true, false])
          }
          for (const time of day.slots) {
            const answer = isBookable(asked, Date.parse(time.startTime))
            expect(answer).toMatchObject({ ok: true, seatsLeft: expect.any(Number) })
          }
        }
      }),
      runs(40),
    )
  })

  it('names the free times nearest to any other', { timeout }, () => {
    fc.assert(
      fc.property(
        question,
        fc.integer({ min: -4_000, max: 8_000 }),
        fc.integer({ min: 1, max: 5 }),
        (asked, distance, n) => {
          const wanted = asked.now + distance * MINUTE
          const whole = {
            ...asked,
            startDate: dayAfter(formatInstant(asked.now).slice(0, 10), -1),
            days: 9,
            includeBooked: false,
          }
          const free = startsOf(availability(whole).days)
          const nearest = free
            .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b)
            .slice(0, n)
          expect(nearestFree(asked, wanted, n).map((time) => time.startsAt)).toEqual(nearest)
        },
      ),
      runs(100),
    )
  })
})

/** When anything might change: ends of holds, times becoming too soon, midnights. */
function momentsOf({ busy, slots, offer, startDate, days, now }: Question): number[] {
  const expiries = [...busy, ...slots.flatMap((each) => each.holds ?? [])].flatMap(
    ({ expiresAt }) => expiresAt ?? [],
  )
  const starts = Array.from(
    { length: (days + 2) * 24 },
    (_, hour) => Date.parse(startDate) + (hour - 24) * 60 * MINUTE,
  )
  const leaving = starts.map((at) => at - offer.noticeMinutes * MINUTE)
  const midnights = Array.from({ length: 6 * 24 }, (_, hour) => Math.ceil(now / 3_600_000 + hour) * 3_600_000)
  return [...expiries, ...leaving, ...midnights].flatMap((at) => [at - 1, at, at + 1])
}
