import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { appointmentsInSlot } from '@/server/booking/appointment/queries'
import type { Call } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'

/** A slot is gone: everybody who had a seat is cancelled by the business, each in a transaction of its own. */
export async function cancelSlotBookings(businessId: string, slotId: string, call: Call): Promise<number> {
  let cancelled = 0
  for (const id of await appointmentsInSlot(businessId, slotId)) {
    try {
      await cancelAppointment.execute(
        { id, reason: 'slot_deleted' },
        { ...call, idempotencyKey: `cancel-slot-bookings:${slotId}:${id}` },
      )
      cancelled++
    } catch (error) {
      // Cancelled meanwhile by somebody else, which is what was wanted.
      if (!isRefusal(error) || error.code !== 'wrong_state') throw error
    }
  }
  return cancelled
}
