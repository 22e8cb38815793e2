import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { calendar, series } from '@/db/schema'
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

/** By which clock a provider works. */
export async function zoneOf(tx: Tx, providerId: string): Promise<string> {
  const [row] = await tx
    .select({ rules: calendar.rules })
    .from(calendar)
    .where(eq(calendar.providerId, providerId))
  return row?.rules.timeZone ?? refuse('not_found')
}
