import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { carryOut } from '@/server/scheduling/calendar/capabilities'
import { appointmentLock, closed, loadAppointment } from './capabilities'
import { appointmentCompleted } from './events'
import { tenantOfAppointment } from './queries'

/** They came. Also takes back that they did not. */
export const completeAppointment = command({
  name: 'booking.appointment.complete',
  input: z.strictObject({ id }),
  may: members('owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  locks: (tx, { id }) => appointmentLock(tx, id),
  run: async (tx, input, { now, append, actor, tenantId }) => {
    await requireTended(tx, actor, tenantId, (await loadAppointment(tx, input.id)).providerId)
    const { plan, view } = await closed(tx, input.id, 'complete', appointmentCompleted, now)
    await append(plan.events)
    await carryOut(tx, plan)
    return view
  },
})
