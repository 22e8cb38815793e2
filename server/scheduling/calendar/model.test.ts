import { describe, expect, it } from 'vitest'
import { FOREVER, formatInstant, MINUTE } from '@/server/core/time'
import {
  availability,
  type Busy,
  type Calendar,
  isBookable,
  nearestFree,
  type Offer,
  type Range,
  type Rules,
  type View,
  viewBounds,
  type WrittenSlot,
} from './model'

const at = (text: string) => Date.parse(`${text}:00Z`)
/** '09:00-12:00 13:00-17:00' */
const open = (text: string): Range[] =>
  text.split(' ').flatMap((range) => (range ? [range.split('-') as Range] : []))

const offer: Offer = {
  durationMinutes: 60,
  stepMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 0,
  windowDays: 60,
  capacity: 1,
}

/** A provider in UTC, open from nine to twelve on Monday 2026-06-01; asked on the Sunday before. */
function given(
  change: Partial<Omit<Calendar, 'offer'>> & { offer?: Partial<Offer>; hours?: string; zone?: string } = {},
): Calendar {
  const { hours = '09:00-12:00', zone = 'UTC', ...rest } = change
  const rules: Rules = { timeZone: zone, weekly: { '1': open(hours) }, overrides: {} }
  return {
    rules,
    busy: [],
    slots: [],
    now: at('2026-05-31T12:00'),
    ...rest,
    offer: { ...offer, ...change.offer },
  }
}

const monday: View = { startDate: '2026-06-01', days: 1, timeZone: 'UTC' }
const all = { includeBooked: true }

/** '09:00, 10:00 booked, 18:00 ×3': free times by their start alone. */
const shown = (calendar: Calendar, view: Partial<View> = {}) =>
  availability({ ...calendar, ...monday, ...view })
    .days.flatMap(({ slots }) => slots)
    .map(({ startTime, status, seatsLeft }) => {
      const state = status === 'available' ? '' : ` ${status}`
      return `${startTime.slice(11, 16)}${state}${seatsLeft > 1 ? ` ×${seatsLeft}` : ''}`
    })
    .join(', ')
const validUntil = (calendar: Calendar, view: Partial<View> = {}) => {
  const until = availability({ ...calendar, ...monday, ...view }).validUntil
  return until === FOREVER ? 'forever' : new Date(until).toISOString()
}

function taken(from: string, to: string, change: Partial<Busy> = {}): Busy {
  const [start, end] = [at(`2026-06-01T${from}`), at(`2026-06-01T${to}`)]
  return {
    id: `${from}-${to}`,
    from: start,
    to: end,
    startsAt: start,
    endsAt: end,
    status: 'booked',
    ...change,
  }
}

function written(from: string, to: string, change: Partial<WrittenSlot> = {}): WrittenSlot {
  const [startsAt, endsAt] = [at(`2026-06-01T${from}`), at(`2026-06-01T${to}`)]
  return { id: `slot-${from}`, startsAt, endsAt, capacity: 4, taken: 0, open: true, ...change }
}

describe('open hours', () => {
  it('offers the grid as far as the whole time fits', () => {
    expect(shown(given())).toBe('09:00, 10:00, 11:00')
    expect(shown(given({ offer: { durationMinutes: 90 } }))).toBe('09:00, 10:00')
  })

  it('answers with instants, seats and every day, empty ones too', () => {
    expect(availability({ ...given({ hours: '09:00-10:00' }), ...monday, days: 3 })).toEqual({
      days: [
        {
          date: '2026-06-01',
          slots: [
            {
              startTime: '2026-06-01T09:00:00Z',
              endTime: '2026-06-01T10:00:00Z',
              status: 'available',
              seatsLeft: 1,
            },
          ],
        },
        { date: '2026-06-02', slots: [] },
        { date: '2026-06-03', slots: [] },
      ],
      validUntil: at('2026-06-01T09:00') + 1,
    })
  })

  it('lets an override replace its day', () => {
    const calendar = given()
    const on = (hours: string) => ({
      ...calendar,
      rules: { ...calendar.rules, overrides: { '2026-06-01': open(hours) } },
    })
    expect(shown(on(''))).toBe('')
    expect(shown(on('15:00-16:00'))).toBe('15:00')
  })

  it('treats ranges that touch as one stretch, each with its grid', () => {
    expect(shown(given({ hours: '09:00-10:30 10:30-12:00' }))).toBe('09:00, 10:00, 10:30')
  })

  it('works through midnight', () => {
    const calendar = given()
    const weekly = { '1': open('22:00-24:00'), '2': open('00:00-01:00') }
    const night = {
      ...calendar,
      offer: { ...offer, durationMinutes: 120 },
      rules: { ...calendar.rules, weekly },
    }
    expect(shown(night)).toBe('22:00, 23:00')
  })

  it('counts days as the visitor does and hours as the provider does', () => {
    const calendar = given({ zone: 'Asia/Tokyo' })
    const sunday = { startDate: '2026-05-31', timeZone: 'America/Los_Angeles' }
    expect(shown({ ...calendar, now: at('2026-05-30T12:00') }, sunday)).toBe('00:00, 01:00, 02:00')
  })
})

describe('taken time', () => {
  it('is left out, or said to be taken when asked', () => {
    const calendar = given({ busy: [taken('10:15', '10:45')] })
    expect(shown(calendar)).toBe('09:00, 11:00')
    expect(shown(calendar, all)).toBe('09:00, 10:00 booked, 11:00')
  })

  it('may touch what is free', () => {
    expect(shown(given({ busy: [taken('10:00', '11:00')] }))).toBe('09:00, 11:00')
  })

  it('is met by the buffers around a time', () => {
    const busy = [taken('10:00', '11:00')]
    expect(shown(given({ busy, offer: { bufferAfterMinutes: 1 } }))).toBe('11:00')
    expect(shown(given({ busy, offer: { bufferBeforeMinutes: 1 } }))).toBe('09:00')
  })

  it('shows what keeps it longest', () => {
    const held = taken('09:00', '12:00', { status: 'held', expiresAt: at('2026-05-31T12:05') })
    const busy = [held, taken('10:00', '12:00'), taken('11:00', '12:00', { status: 'blocked' })]
    expect(shown(given({ busy }), all)).toBe('09:00 held, 10:00 booked, 11:00 blocked')
  })

  it('is seen though a longer one began before it', () => {
    const busy = [taken('08:00', '12:00'), taken('09:00', '09:10'), taken('09:10', '09:20')]
    expect(shown(given({ busy }))).toBe('')
  })

  it('is free again when its hold has run out', () => {
    const expiresAt = at('2026-05-31T12:05')
    const calendar = given({ busy: [taken('10:00', '11:00', { status: 'held', expiresAt })] })
    expect(shown(calendar)).toBe('09:00, 11:00')
    expect(shown({ ...calendar, now: expiresAt })).toBe('09:00, 10:00, 11:00')
  })
})

describe('written slots', () => {
  it('stand outside the hours and say how many seats are left', () => {
    const slots = [written('19:00', '20:00', { taken: 1 }), written('18:00', '19:00', { taken: 4 })]
    expect(shown(given({ slots, hours: '' }))).toBe('19:00 ×3')
    expect(shown(given({ slots, hours: '' }), all)).toBe('18:00 booked, 19:00 ×3')
  })

  it('take the place of the grid where they are', () => {
    const calendar = given({ slots: [written('10:00', '11:00')], offer: { capacity: 2 } })
    expect(shown(calendar)).toBe('09:00 ×2, 10:00 ×4, 11:00 ×2')
    expect(shown(given({ slots: [written('10:30', '11:30')] }), all)).toBe(
      '09:00, 10:00 blocked, 10:30 ×4, 11:00 blocked',
    )
  })

  it('are listed once where the grid has the same time', () => {
    expect(shown(given({ slots: [written('10:00', '11:00', { taken: 4 })] }), all)).toBe(
      '09:00, 10:00 booked, 11:00',
    )
  })

  it('are not in their own way, though their time is taken', () => {
    expect(shown(given({ slots: [written('10:00', '11:00')], busy: [taken('10:00', '11:00')] }))).toContain(
      '10:00 ×4',
    )
  })

  it('are held while the last seats are, and say so', () => {
    const holds = [{ seats: 2, expiresAt: at('2026-05-31T12:05') }]
    const slots = [written('18:00', '19:00', { taken: 4, holds })]
    expect(shown(given({ slots, hours: '' }), all)).toBe('18:00 held')
    expect(shown(given({ slots, hours: '', now: at('2026-05-31T12:05') }))).toBe('18:00 ×2')
  })

  it('are blocked when closed', () => {
    expect(shown(given({ slots: [written('18:00', '19:00', { open: false })], hours: '' }), all)).toBe(
      '18:00 blocked',
    )
  })

  it('are ordered by start, end and id', () => {
    const slots = [
      written('18:00', '19:00', { id: 'b' }),
      written('18:00', '18:30', { id: 'c' }),
      written('18:00', '19:00', { id: 'a' }),
    ]
    const [day] = availability({ ...given({ slots, hours: '' }), ...monday }).days
    expect(day?.slots.map((slot) => slot.slotId)).toEqual(['c', 'a', 'b'])
  })
})

describe('notice and window', () => {
  it('leaves out what is too soon, to the millisecond', () => {
    const calendar = given({ offer: { noticeMinutes: 60 }, now: at('2026-06-01T09:00') })
    expect(shown(calendar)).toBe('10:00, 11:00')
    expect(isBookable(calendar, at('2026-06-01T10:00')).ok).toBe(true)
    expect(shown({ ...calendar, now: calendar.now + 1 })).toBe('11:00')
  })

  it("opens a day at the provider's midnight", () => {
    const calendar = given({ zone: 'Asia/Tokyo', offer: { windowDays: 1 } })
    const view = { startDate: '2026-05-31', days: 2 }
    expect(shown({ ...calendar, now: at('2026-05-30T14:59') }, view)).toBe('')
    expect(shown({ ...calendar, now: at('2026-05-30T15:00') }, view)).toBe('00:00, 01:00, 02:00')
  })

  it('offers today alone when the window is no days', () => {
    const calendar = given({ offer: { windowDays: 0 } })
    expect(shown(calendar)).toBe('')
    expect(shown({ ...calendar, now: at('2026-06-01T00:00') })).toBe('09:00, 10:00, 11:00')
  })
})

describe('how long an answer stays true', () => {
  const expiresAt = at('2026-05-31T12:05')
  const hold = taken('10:00', '11:00', { status: 'held', expiresAt })

  it('ends when the first time becomes too soon', () => {
    expect(validUntil(given({ offer: { noticeMinutes: 90 } }))).toBe('2026-06-01T07:30:00.001Z')
  })

  it('ends when a hold does, unless something else stays in the way', () => {
    expect(validUntil(given({ busy: [hold] }))).toBe('2026-05-31T12:05:00.000Z')
    expect(validUntil(given({ busy: [hold, taken('10:00', '11:00')] }))).toBe('2026-06-01T09:00:00.001Z')
    const longer = { ...hold, id: 'longer', expiresAt: expiresAt + MINUTE }
    expect(validUntil(given({ busy: [hold, longer] }))).toBe('2026-05-31T12:06:00.000Z')
  })

  it('does not count a hold that is over before the time begins', () => {
    const long = taken('08:00', '12:00', { status: 'held', expiresAt })
    const short = taken('09:00', '09:30', { status: 'held', expiresAt: expiresAt + MINUTE })
    expect(validUntil(given({ busy: [long, short] }))).toBe('2026-05-31T12:05:00.000Z')
  })

  it("ends when a hold on a slot's seats does", () => {
    const slots = [written('18:00', '19:00', { taken: 1, holds: [{ seats: 1, expiresAt }] })]
    expect(validUntil(given({ hours: '', slots }))).toBe('2026-05-31T12:05:00.000Z')
  })

  it('ends at the midnight that brings a day', () => {
    expect(validUntil(given({ offer: { windowDays: 0 } }))).toBe('2026-06-01T00:00:00.000Z')
  })

  it('does not wait for a day whose times will be too soon when it comes', () => {
    expect(validUntil(given({ offer: { windowDays: 0, noticeMinutes: 12 * 60 } }))).toBe('forever')
  })

  it('never ends when nothing can come or go', () => {
    expect(validUntil(given({ hours: '' }))).toBe('forever')
    expect(validUntil(given({ busy: [taken('08:00', '13:00')] }))).toBe('forever')
    expect(validUntil(given({ now: at('2026-06-02T00:00') }))).toBe('forever')
  })
})

describe('one time', () => {
  const code = (calendar: Calendar, time: string, seats?: number) => {
    const answer = isBookable(calendar, at(time), seats)
    return answer.ok ? 'ok' : answer.code
  }

  it('can be had when it is shown', () => {
    expect(isBookable(given(), at('2026-06-01T09:00'))).toEqual({
      ok: true,
      startsAt: at('2026-06-01T09:00'),
      endsAt: at('2026-06-01T10:00'),
      seatsLeft: 1,
    })
    const slots = [written('18:00', '19:30')]
    expect(isBookable(given({ slots }), at('2026-06-01T18:00'))).toMatchObject({
      ok: true,
      endsAt: at('2026-06-01T19:30'),
      slotId: 'slot-18:00',
      seatsLeft: 4,
    })
  })

  it('says why not', () => {
    const calendar = given({ offer: { noticeMinutes: 24 * 60 }, busy: [taken('11:00', '12:00')] })
    expect(code(calendar, '2026-05-31T11:59')).toBe('in_the_past')
    expect(code(calendar, '2026-06-01T09:00')).toBe('too_soon')
    expect(code(given(), '2026-07-31T00:00')).toBe('too_far')
    expect(code(given(), '2026-06-01T09:30')).toBe('off_grid')
    expect(code(given(), '2026-06-01T11:30')).toBe('outside_hours')
    expect(code(given(), '2026-06-02T09:00')).toBe('outside_hours')
    expect(code(given({ busy: [taken('11:00', '12:00')] }), '2026-06-01T11:00')).toBe('slot_taken')
  })

  it('names the limit or what is in the way', () => {
    expect(isBookable(given({ offer: { noticeMinutes: 24 * 60 } }), at('2026-06-01T09:00'))).toMatchObject({
      limit: '2026-06-01T12:00:00Z',
    })
    expect(isBookable(given(), at('2026-09-07T09:00'))).toMatchObject({ limit: '2026-07-31T00:00:00Z' })
    const busy = [taken('09:00', '10:00', { status: 'blocked' })]
    expect(isBookable(given({ busy }), at('2026-06-01T09:00'))).toMatchObject({
      status: 'blocked',
      seatsLeft: 0,
    })
  })

  it('needs as many seats as are wanted', () => {
    const slots = [written('18:00', '19:00', { taken: 2 })]
    expect(code(given({ slots }), '2026-06-01T18:00', 2)).toBe('ok')
    const full = written('18:00', '18:30', { id: 'full', taken: 4 })
    expect(code(given({ slots: [full, ...slots] }), '2026-06-01T18:00', 2)).toBe('ok')
    expect(isBookable(given({ slots }), at('2026-06-01T18:00'), 3)).toMatchObject({
      code: 'slot_taken',
      seatsLeft: 2,
    })
    expect(code(given({ offer: { capacity: 5 } }), '2026-06-01T09:00', 5)).toBe('ok')
    expect(code(given(), '2026-06-01T09:00', 2)).toBe('slot_taken')
  })
})

describe('nearest free times', () => {
  const near = (calendar: Calendar, wanted: string, ...rest: [n?: number, options?: object]) =>
    nearestFree(calendar, at(wanted), ...rest).map((time) => formatInstant(time.startsAt).slice(5, 16))

  it('come nearest first, the earlier of two', () => {
    const calendar = given({ busy: [taken('10:00', '11:00')] })
    expect(near(calendar, '2026-06-01T10:00')).toEqual(['06-01T09:00', '06-01T11:00', '06-08T09:00'])
  })

  it('are looked for as far in both directions', () => {
    const [before, after] = [written('00:10', '00:20'), written('23:30', '23:40')]
    const day = 24 * 60 * MINUTE
    const slots = [before, { ...after, startsAt: after.startsAt + day, endsAt: after.endsAt + day }]
    expect(near(given({ slots, hours: '' }), '2026-06-02T00:00', 1)).toEqual(['06-02T23:30'])
  })

  it('are the next ones when now is wanted', () => {
    expect(near(given(), '2026-05-31T12:00', 1)).toEqual(['06-01T09:00'])
  })

  it('are found at either end of the window, however far the wanted one', () => {
    expect(near(given(), '2030-01-01T00:00', 2)).toEqual(['07-27T11:00', '07-27T10:00'])
    expect(near(given(), '1999-01-01T00:00', 2)).toEqual(['06-01T09:00', '06-01T10:00'])
  })

  it('are as many as there are', () => {
    expect(near(given({ hours: '' }), '2026-06-01T10:00')).toEqual([])
    expect(near(given({ offer: { windowDays: 1 } }), '2026-06-01T10:00', 9)).toHaveLength(3)
  })

  it('have the seats that are wanted and stay where the calendar is known', () => {
    const slots = [written('08:00', '09:00', { taken: 3 }), written('18:00', '19:00')]
    expect(near(given({ slots }), '2026-06-01T08:00', 1, { seats: 2 })).toEqual(['06-01T18:00'])
    const within = { from: at('2026-06-01T00:00'), until: at('2026-06-02T00:00') }
    expect(near(given(), '2026-06-01T10:00', 9, { within })).toHaveLength(3)
  })
})

describe('the bounds of a view', () => {
  it('are those of its days', () => {
    expect(viewBounds({ startDate: '2026-03-29', days: 1, timeZone: 'Europe/Berlin' })).toEqual({
      from: at('2026-03-28T23:00'),
      until: at('2026-03-29T22:00'),
    })
    expect(viewBounds({ startDate: '2011-12-30', days: 1, timeZone: 'Pacific/Apia' })).toEqual({
      from: at('2011-12-30T10:00'),
      until: at('2011-12-30T10:00'),
    })
  })
})
