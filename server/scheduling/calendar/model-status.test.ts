import { describe, expect, it } from 'vitest'
import { timeLife, timeStatuses } from './model-status'

describe("a time's life", () => {
  it('goes by the table', () => {
    const allowed = timeStatuses.flatMap((from) =>
      timeStatuses.filter((to) => timeLife.can(from, to)).map((to) => `${from} → ${to}`),
    )
    expect(allowed).toEqual([
      'available → held',
      'available → booked',
      'available → blocked',
      'held → available',
      'held → booked',
      'booked → available',
      'blocked → available',
    ])
  })

  it('says why not', () => {
    expect(timeLife.whyNot('available', 'held')).toBeNull()
    expect(timeLife.whyNot('booked', 'held')).toEqual({
      code: 'wrong_state',
      data: { state: 'booked', action: 'held', allowedFrom: ['available'] },
    })
  })
})
