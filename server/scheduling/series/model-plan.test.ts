import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { addDays, DAY, dateOf, dayNumber, MINUTE } from '@/server/core/time'
import { clashesOf, matchSlots, periodOf, type Standing, type Wanted } from './model-plan'

const at = (date: string, minute = 600, capacity = 5): Wanted => ({
  date,
  startsAt: Date.parse(date) + minute * MINUTE,
  endsAt: Date.parse(date) + (minute + 60) * MINUTE,
  capacity,
  place: null,
})
const stands = (wanted: Wanted, taken = 0): Standing => ({ ...wanted, id: wanted.date, taken, holds: [] })
const none = { bufferBeforeMinutes: 0, bufferAfterMinutes: 0 }
const weekly = periodOf('FREQ=WEEKLY')

describe('what becomes of the slots', () => {
  test('a day keeps its slot, a new hour changes it, a gone day takes its week’s new one', () => {
    const tuesdays = ['2026-06-02', '2026-06-09', '2026-06-16'].map((date) => stands(at(date)))
    const wanted = [at('2026-06-02'), at('2026-06-10'), at('2026-06-16', 660), at('2026-06-23')]
    const { same, changed, created, lost } = matchSlots(tuesdays, wanted, weekly)
    expect(same.map((s) => s.id)).toEqual(['2026-06-02'])
    expect(changed.map(({ was, to }) => [was.id, to.date])).toEqual([
      ['2026-06-09', '2026-06-10'],
      ['2026-06-16', '2026-06-16'],
    ])
    expect(created.map((c) => c.date)).toEqual(['2026-06-23'])
    expect(lost).toEqual([])
  })

  test('every second week loses the weeks between', () => {
    const all = [0, 7, 14, 21].map((n) => stands(at(addDays('2026-06-02', n))))
    const wanted = [at('2026-06-02'), at('2026-06-16')]
    expect(matchSlots(all, wanted, weekly).lost.map((s) => s.id)).toEqual(['2026-06-09', '2026-06-23'])
  })

  const dates = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 20 })
  const slots = dates.map((all) => all.map((n) => dateOf(dayNumber('2026-06-01') + n)).sort())

  it('is all of them, each once; and every wanted day is had once', () => {
    fc.assert(
      fc.property(slots, slots, fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY'), (had, want, frequency) => {
        const period = periodOf(`FREQ=${frequency}`)
        const standing = had.map((date, n) => stands(at(date, n % 2 ? 600 : 660)))
        const { same, changed, created, lost } = matchSlots(
          standing,
          want.map((date) => at(date)),
          period,
        )
        const kept = [...same, ...changed.map(({ was }) => was), ...lost].map(({ id }) => id)
        expect(kept.sort()).toEqual(had)
        const result = [
          ...same.map((s) => s.date),
          ...changed.map((c) => c.to.date),
          ...created.map((c) => c.date),
        ]
        expect(result.sort()).toEqual(want)
        for (const { was, to } of changed) expect(period(was.date)).toBe(period(to.date))
        for (const gone of lost) expect(created.map((c) => period(c.date))).not.toContain(period(gone.date))
      }),
    )
  })
})

describe('what stands in the way', () => {
  const busy = (date: string, minute: number, kind: 'block' | 'appointment' = 'block') => {
    const { startsAt, endsAt } = at(date, minute)
    return { kind, refId: `${date} ${minute}`, startsAt, endsAt, from: startsAt, to: endsAt }
  }
  const fresh = (created: Wanted[]) => ({ created, changed: [], same: [], lost: [] })

  test('is whatever meets the time with its buffers, the past, and each other', () => {
    const buffers = { bufferBeforeMinutes: 10, bufferAfterMinutes: 5 }
    const wanted = [at('2026-06-01'), at('2026-06-02'), at('2026-06-03'), at('2026-06-04')]
    const others = [busy('2026-06-02', 665), busy('2026-06-03', 664, 'appointment'), busy('2026-06-04', 531)]
    const found = clashesOf(fresh(wanted), others, buffers, Date.parse('2026-06-01T12:00:00Z'))
    expect([...found].map(([date, all]) => [date, all.map((c) => c.kind)])).toEqual([
      ['2026-06-01', ['past']],
      ['2026-06-03', ['appointment']],
      ['2026-06-04', ['block']],
    ])
    const long = [at('2026-06-01'), { ...at('2026-06-02'), startsAt: Date.parse('2026-06-01T10:30:00Z') }]
    expect(clashesOf(fresh(long), [], none, 0).get('2026-06-02')).toMatchObject([{ kind: 'slot' }])
  })

  test('is a seat that somebody has, and not one that is only held where holds end', () => {
    const was = { ...stands(at('2026-06-02'), 3), holds: [{ seats: 2 }] }
    const fewer = (capacity: number, minute: number) => {
      const changed = [{ was, to: at('2026-06-02', minute, capacity) }]
      return clashesOf({ created: [], changed, same: [], lost: [] }, [], none, 0).size
    }
    expect([fewer(2, 600), fewer(3, 600), fewer(1, 660), fewer(0, 660)]).toEqual([1, 0, 0, 1])
  })

  test('is not another calendar that was busy then before, where only the place changes', () => {
    const was = stands(at('2026-06-02'))
    const clashes = (to: Wanted, kind: 'outside' | 'block') => {
      const there = { ...busy('2026-06-02', 630), kind }
      return clashesOf({ created: [], changed: [{ was, to }], same: [], lost: [] }, [there], none, 0).size
    }
    const [elsewhere, later] = [{ ...at('2026-06-02'), place: 'online' as const }, at('2026-06-02', 640)]
    expect([clashes(elsewhere, 'outside'), clashes(later, 'outside'), clashes(elsewhere, 'block')]).toEqual([
      0, 1, 1,
    ])
  })

  it('is what comparing everything with everything finds', () => {
    const hour = fc.integer({ min: 0, max: 23 })
    const times = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 6 }), hour), {
      maxLength: 8,
      selector: ([d]) => d,
    })
    fc.assert(
      fc.property(
        times,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), hour), { maxLength: 8 }),
        (want, others) => {
          const wanted = want.map(([d, h]) => at(addDays('2026-06-01', d), h * 60))
          const taken = others.map(([d, h]) => busy(addDays('2026-06-01', d), h * 60 + 30))
          const found = clashesOf(fresh(wanted), taken, none, 0)
          for (const w of wanted) {
            const met = taken.filter((o) => Math.abs(o.startsAt - w.startsAt) < DAY / 24)
            expect(found.get(w.date)?.length ?? 0).toBe(met.length)
          }
        },
      ),
    )
  })
})
