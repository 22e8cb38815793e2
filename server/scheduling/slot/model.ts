import type { Data } from '@/server/core/events'
import { transitions } from '@/server/core/transitions'
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

export type Slot = {
  providerId: string
  serviceId: string
  startTime: string
  endTime: string
  maxBookings: number
  origin: SlotOrigin
  status: SlotStatus
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
  }),
  'scheduling.slot.updated.v1': (s: Slot, d: Data<typeof slotUpdated>): Slot => ({
    ...s,
    startTime: d.startTime,
    endTime: d.endTime,
    maxBookings: d.maxBookings,
    status: d.isAvailable ? 'open' : 'closed',
  }),
  'scheduling.slot.deleted.v1': (s: Slot): Slot => ({ ...s, status: 'deleted' }),
}
