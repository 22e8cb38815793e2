import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { systemOnly } from '@/server/core/policy'
import { carryOut } from '@/server/scheduling/calendar/capabilities'
import { appointmentLock, declined, loadAppointment } from './capabilities'
import { tenantOfAppointment } from './queries'

/** Woken when the time to decide is over. Whoever decided, moved or cancelled meanwhile was faster: nothing is left to do. */
export const lapseAppointment = command({
  name: 'booking.appointment.lapse',
  input: z.strictObject({ id }),
  may: systemOnly,
  tenant: ({ id }) => tenantOfAppointment(id),
  locks: (tx, { id }) => appointmentLock(tx, id),
  run: async (tx, input, { now, append }) => {
    const row = await loadAppointment(tx, input.id)
    if (row.status !== 'pending' || !row.decideBy) return { id: row.id, status: row.status }
    if (row.decideBy > now) return { id: row.id, status: row.status }
    const plan = await declined(tx, row, { by: 'system', reason: null, now })
    await append(plan.events)
    await carryOut(tx, plan)
    return { id: row.id, status: 'declined' as const }
  },
})
