import { DAY, formatInstant } from '@/server/core/time'

const mostDays = 31

/** Why no stretch of this length can be blocked, whatever stands there. */
export const wrongEnd = (from: number, to: number): string | null =>
  to <= from ? 'must be after startTime' : to - from > mostDays * DAY ? 'must be within 31 days' : null

type Taken = { kind: string; startsAt: number; endsAt: number; from: number; to: number }

/** What stands in the way of a stretch, buffers included, named by its own times. What is busy elsewhere may be blocked too. */
export const clashesOf = (busy: readonly Taken[], from: number, to: number) =>
  busy
    .filter((taken) => taken.kind !== 'outside' && taken.to > from && taken.from < to)
    .map(({ kind, startsAt, endsAt }) => ({
      kind,
      startTime: formatInstant(startsAt),
      endTime: formatInstant(endsAt),
    }))
