import { expect, it } from 'vitest'
import { appointmentStatuses, isOver } from './model'

it('is joined until it ends, though it has begun, and not once it was called off', () => {
  const [endsAt, meanwhile] = [3_600_000, 1_800_000]
  const open = appointmentStatuses.filter((status) => !isOver({ status, endsAt }, meanwhile))
  expect(open).toEqual(['pending', 'confirmed'])
  expect(isOver({ status: 'confirmed', endsAt }, endsAt)).toBe(true)
})
