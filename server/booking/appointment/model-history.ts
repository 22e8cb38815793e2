import { isPerson } from '@/server/core/actor'
import type { LogRow } from '@/server/core/log'
import { firstUndoable, undoMs } from './model'

/** What was said of a booking, in order, as the log keeps it. */
type Happened = Pick<LogRow, 'type' | 'version' | 'recorded_at' | 'actor_id' | 'correlation_id' | 'data'>

const is = (action: string, event: Happened | undefined): boolean =>
  event?.type === `booking.appointment.${action}.v1`

/** Whether it is another time that somebody has to agree to: the question follows at once. */
export const asksAnew = (history: readonly Happened[], version: number): boolean =>
  is(
    'approval_requested',
    history.find((event) => event.version === version + 1),
  )

/** What was done last: one event, or another time together with the question that it raises. */
export function lastStep<E extends Happened>(history: readonly E[]): E[] {
  const [moved, asked] = history.slice(-2)
  const together = is('rescheduled', moved) && is('approval_requested', asked)
  return history.slice(together && moved?.correlation_id === asked?.correlation_id ? -2 : -1)
}

/** The versions that were taken back: from the one that is named to the taking back itself. */
export const undoneIn = (history: readonly Happened[]): number[] =>
  history
    .filter((event) => is('change_undone', event))
    .flatMap(({ version, data }) => {
      const from = Number(data.sequence)
      return Array.from({ length: version - from }, (_, n) => from + n)
    })

/** From when on nobody takes back what people did; so long nobody else hears of it. How a booking is born stands at once. */
export const standsFrom = ({
  time,
  actorId,
  version,
}: {
  time: string
  actorId: string
  version: number
}): number => Date.parse(time) + (version >= firstUndoable && isPerson(actorId) ? undoMs : 0)

const told = ['approval_requested', 'confirmed', 'declined', 'rescheduled', 'cancelled']

/** Whether something later was told by now, so that nobody is to hear of this one after it. How it was born is told anyway. */
export function isOvertaken(history: readonly Happened[], version: number, now: number): boolean {
  const undone = undoneIn(history)
  const step = asksAnew(history, version) ? version + 1 : version
  return (
    version >= firstUndoable &&
    history.some(
      (later) =>
        later.version > step &&
        told.some((action) => is(action, later)) &&
        !undone.includes(later.version) &&
        standsFrom({ ...later, time: later.recorded_at, actorId: later.actor_id }) <= now,
    )
  )
}

/** The version that says when it is: whatever is to happen some time before it follows from that one alone. */
export function lastTimed(history: readonly Happened[]): number | null {
  const undone = undoneIn(history)
  const timed = (event: Happened) =>
    (is('confirmed', event) || is('rescheduled', event)) && !undone.includes(event.version)
  return history.findLast(timed)?.version ?? null
}
