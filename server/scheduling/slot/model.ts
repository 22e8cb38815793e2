import type { Data } from '@/server/core/events'
import { MINUTE } from '@/server/core/time'
import { transitions } from '@/server/core/transitions'
import type { Where } from '@/server/location/venue/model-place'
import type { slotCreated, slotUpdated } from './events'

export const slotStatuses = ['open', 'closed', 'deleted'] as const
export type SlotStatus = (typeof slotStatuses)[number]

/** Written by a person or a series, or made by the first booking of an implied group time and gone with the last. */
export const slotOrigins = ['written', 'implied'] as const
export type SlotOrigin = (typeof slotOrigins)[number]

export const slotLife = transitions<SlotStatus, 'book' | 'update' | 'delete'>({
  book: { from: ['open'], to: 'open' },
  update: { from: ['open', 'closed'], to: 'open' },
  delete: { from: ['open', 'closed'], to: 'deleted' },
})

type Stand = { startsAt: number; endsAt: number; place: Where | null }

/** At another time or another place: whoever booked goes along and is told, whoever only held it chooses again. */
export const hasMoved = (was: Stand, to: Stand): boolean =>
  was.startsAt !== to.startsAt || was.endsAt !== to.endsAt || was.place !== to.place

export const mostSeats = 1000
const longest = 24 * 60 * MINUTE

/** Why a slot cannot be at these times, if it cannot. */
export const whyNotTimes = (startsAt: number, endsAt: number): string | null =>
  endsAt <= startsAt ? 'must be after startTime' : endsAt - startsAt > longest ? 'must be within a day' : null

export type Slot = {
  providerId: string
  serviceId: string
  startTime: string
  endTime: string
  maxBookings: number
  origin: SlotOrigin
  status: SlotStatus
  seriesId: string | null
  /** The day of the series it was written for, wherever it was moved since. */
  occursOn: string | null
  /** Where; null: as the provider's hours that name no place. */
  place: Where | null
}

export const evolveSlot = {
  'scheduling.slot.created.v1': (_: Slot | null, d: Data<typeof slotCreated>): Slot => ({
    providerId: d.providerId,
    serviceId: d.serviceId,
    startTime: d.startTime,
    endTime: d.endTime,
    maxBookings: d.maxBookings,
    origin: d.origin,
    status: 'open',
    seriesId: d.seriesId ?? null,
    occursOn: d.occursOn ?? null,
    place: d.place ?? null,
  }),
  'scheduling.slot.updated.v1': (s: Slot, d: Data<typeof slotUpdated>): Slot => ({
    ...s,
    startTime: d.startTime,
    endTime: d.endTime,
    maxBookings: d.maxBookings,
    status: d.isAvailable ? 'open' : 'closed',
    seriesId: d.seriesId ?? null,
    occursOn: d.occursOn ?? null,
    place: d.place ?? null,
  }),
  'scheduling.slot.deleted.v1': (s: Slot): Slot => ({ ...s, status: 'deleted' }),
}
