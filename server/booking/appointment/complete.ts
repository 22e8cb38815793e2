import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { carryOut } from '@/server/scheduling/calendar/capabilities'
import { appointmentLock, closed } from './capabilities'
import { appointmentCompleted } from './events'
import { tenantOfAppointment } from './queries'

/** They came. Also takes back that they did not. */
export const completeAppointment = command({
  name: 'booking.appointment.complete',
  input: z.strictObject({ id }),
  may: members('owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  locks: (tx, { id }) => appointmentLock(tx, id),
  run: async (tx, input, { now, append }) => {
    const { plan, view } = await closed(tx, input.id, 'complete', appointmentCompleted, now)
    await append(plan.events)
    await carryOut(tx, plan)
    return view
  },
})
