import { transitions } from '@/server/core/transitions'

export const timeStatuses = ['available', 'held', 'booked', 'blocked'] as const
export type TimeStatus = (typeof timeStatuses)[number]

/**
 * What may become of one time: `can(from, to)`, `whyNot(from, to)`. Only what is available can be held or blocked, a
 * hold may become a booking, and everything that was taken is given back before it is taken otherwise.
 */
export const timeLife = transitions<TimeStatus, TimeStatus>({
  available: { from: ['held', 'booked', 'blocked'], to: 'available' },
  held: { from: ['available'], to: 'held' },
  booked: { from: ['available', 'held'], to: 'booked' },
  blocked: { from: ['available'], to: 'blocked' },
})
