import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { id, prose } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { carryOut } from '@/server/scheduling/calendar/capabilities'
import { appointmentLock, declined, loadAppointment } from './capabilities'
import { bookingView, tenantOfAppointment } from './queries'

export const declineAppointment = command({
  name: 'booking.appointment.decline',
  input: z.strictObject({ id, reason: prose(500).optional() }),
  may: members('owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  locks: (tx, { id }) => appointmentLock(tx, id),
  run: async (tx, input, { now, append, actor, tenantId }) => {
    const row = await loadAppointment(tx, input.id)
    await requireTended(tx, actor, tenantId, row.providerId)
    const plan = await declined(tx, row, { by: 'business', reason: input.reason || null, now })
    await append(plan.events)
    await carryOut(tx, plan)
    return bookingView({ ...row, status: 'declined' })
  },
})
