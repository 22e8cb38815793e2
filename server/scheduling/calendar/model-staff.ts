import { MINUTE } from '@/server/core/time'
import { type Calendar, isBookable } from './model'
import { offerSchema } from './model-rules'

/** What the business's own people may set aside when they mean it. */
export const forStaff: readonly string[] = [
  'outside_hours',
  'other_place',
  'off_grid',
  'too_soon',
  'too_far',
  'began_lately',
  'busy_elsewhere',
]

/** For so long what has begun can still be written down: whoever came without a booking is served first. */
const recentMs = 12 * 60 * MINUTE

/** Whether a time can be had, as the business's own people are told it: what began lately may be meant. */
export function bookableByStaff(calendar: Calendar, startsAt: number, seats: number) {
  const verdict = isBookable(calendar, startsAt, seats)
  const recent = !verdict.ok && verdict.code === 'in_the_past' && startsAt > calendar.now - recentMs
  return recent ? ({ ok: false, code: 'began_lately' } as const) : verdict
}

/** Why no appointment can be of this length. */
export function wrongLength(from: number, to: number): string | null {
  if (to <= from) return 'must be after startTime'
  if ((to - from) % MINUTE !== 0) return 'must be whole minutes after startTime'
  const { success } = offerSchema.shape.durationMinutes.safeParse((to - from) / MINUTE)
  return success ? null : 'must be within 7 days'
}

type OfService = { service: { durationMinutes: number } }

/** The same calendar, with the service as long as one appointment of it is to be. */
export const lasting = <F extends OfService>(facts: F, ms: number): F => ({
  ...facts,
  service: { ...facts.service, durationMinutes: ms / MINUTE },
})
