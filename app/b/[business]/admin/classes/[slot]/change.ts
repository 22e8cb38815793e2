import type { Call } from '@/server/core/command'
import { isDate, toLocal } from '@/server/core/time'
import { endSeries } from '@/server/scheduling/series/end'
import { countedFrom } from '@/server/scheduling/series/model-earlier'
import { entryOf } from '@/server/scheduling/series/model-entry'
import type { Impact } from '@/server/scheduling/series/model-impact'
import { previewSeries } from '@/server/scheduling/series/preview'
import { updateSeries } from '@/server/scheduling/series/update'
import { deleteSlot } from '@/server/scheduling/slot/delete'
import { previewSlot } from '@/server/scheduling/slot/preview'
import type { showSlot } from '@/server/scheduling/slot/show'
import { updateSlot } from '@/server/scheduling/slot/update'
import { classFrom, type Typed, timesOf } from '../form'

export type ShownSlot = Awaited<ReturnType<typeof showSlot.execute>>
export const scopes = ['this', 'following', 'all'] as const
export type Scope = (typeof scopes)[number]

/** What somebody means may be more than this one time only where it still follows its series. */
export const scopesOf = ({ series }: ShownSlot): readonly Scope[] =>
  series && series.status === 'active' && !series.isApart ? scopes : ['this']

export const scopeOf = (slot: ShownSlot, asked: string | undefined): Scope =>
  scopesOf(slot).find((scope) => scope === asked) ?? 'this'

export function typedOf(slot: ShownSlot): Typed {
  const { date, time } = toLocal(slot.timeZone, Date.parse(slot.startTime))
  return {
    date,
    time,
    minutes: String((Date.parse(slot.endTime) - Date.parse(slot.startTime)) / 60_000),
    places: String(slot.maxBookings),
    open: slot.status === 'open' ? 'on' : '',
    place: slot.place ?? '',
    ...(slot.series ? entryOf(slot.series, slot.series.occursOn) : {}),
  }
}

const leaveOut = 'out-'
export const leaveOutName = (date: string): string => leaveOut + date

/** The days of its series that somebody leaves out of a change. */
export const leftOutIn = (typed: Typed): string[] =>
  Object.keys(typed)
    .filter((name) => name.startsWith(leaveOut))
    .map((name) => name.slice(leaveOut.length))
    .filter(isDate)
    .sort()

/** A change of a slot, or of its series from it on: looked at first, then done as it was seen. */
export function changeOf(businessId: string, slot: ShownSlot, typed: Typed) {
  const scope = scopeOf(slot, typed.scope)
  const first = slot.series?.occursOn
  const entered = classFrom({ ...typed, ...(scope === 'this' ? { repeat: 'keep' } : { date: first }) })
  const { wrong, time, durationMinutes, maxBookings } = entered
  const place = typed.place === undefined ? {} : { place: typed.place || null }
  const series = seriesPart(businessId, slot, scope)
  if (series && slot.series) {
    const rrule =
      entered.rrule &&
      (series.from ? entered.rrule : countedFrom(slot.series, slot.series.occursOn, entered.rrule))
    const exDates = leftOutIn(typed)
    const wanted = { ...(rrule ? { rrule } : {}), time, durationMinutes, maxBookings, exDates, ...place }
    return {
      wrong,
      preview: (call: Call): Promise<Impact> => previewSeries.execute({ ...series, wanted }, call),
      commit: (version: string, call: Call) => updateSeries.execute({ ...series, wanted, version }, call),
    }
  }
  const only = { businessId, slotId: slot.id }
  const wanted = () => ({
    ...timesOf(entered, slot.timeZone, 60),
    maxBookings,
    isAvailable: Boolean(typed.open),
    ...place,
  })
  return {
    wrong,
    preview: (call: Call): Promise<Impact> => previewSlot.execute({ ...only, wanted: wanted() }, call),
    commit: (version: string, call: Call) => updateSlot.execute({ ...only, ...wanted(), version }, call),
  }
}

/** The same for taking it back. */
export function removalOf(businessId: string, slot: ShownSlot, asked: string | undefined) {
  const series = seriesPart(businessId, slot, scopeOf(slot, asked))
  if (series)
    return {
      preview: (call: Call): Promise<Impact> => previewSeries.execute({ ...series, wanted: null }, call),
      commit: (version: string, call: Call) => endSeries.execute({ ...series, version }, call),
    }
  const only = { businessId, slotId: slot.id }
  return {
    preview: (call: Call): Promise<Impact> => previewSlot.execute({ ...only, wanted: null }, call),
    commit: (version: string, call: Call) => deleteSlot.execute({ ...only, version }, call),
  }
}

function seriesPart(businessId: string, { series }: ShownSlot, scope: Scope) {
  if (!series || scope === 'this') return null
  return { businessId, seriesId: series.id, from: scope === 'following' ? series.occursOn : undefined }
}
