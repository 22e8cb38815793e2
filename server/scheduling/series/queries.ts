import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { series } from '@/db/schema'
import { refuse } from '@/server/core/errors'
import type { Recurrence } from './model-recurrence'

export type SeriesRow = typeof series.$inferSelect

export async function loadSeries(tx: Tx, seriesId: string): Promise<SeriesRow> {
  const [row] = await tx.select().from(series).where(eq(series.id, seriesId))
  return row ?? refuse('not_found')
}

export const recurrenceOf = ({ rrule, startDate, time, timeZone, exDates }: SeriesRow): Recurrence => ({
  rrule,
  startDate,
  time,
  timeZone,
  exDates,
})

/** All that a change of it starts from. */
export const wholeOf = (row: SeriesRow) => ({
  ...recurrenceOf(row),
  durationMinutes: row.durationMinutes,
  capacity: row.capacity,
  place: row.place,
})
