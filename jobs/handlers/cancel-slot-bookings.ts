import { cancelSlotBookings } from '@/server/workflows/cancel-slot-bookings'
import { workflowHandler } from '../define'

export const cancelSlotBookingsHandler = workflowHandler('cancel-slot-bookings', (event, call) =>
  cancelSlotBookings(event.tenantId, event.aggregateId, call),
)
