import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { carryOut } from '@/server/scheduling/calendar/capabilities'
import { appointmentLock, loadAppointment, momentOf, turned } from './capabilities'
import { appointmentConfirmed } from './events'
import { appointmentLife } from './model'
import { bookingView, tenantOfAppointment } from './queries'

/** The place was taken when it was asked for, so saying yes looks for nothing. */
export const approveAppointment = command({
  name: 'booking.appointment.approve',
  input: z.strictObject({ id }),
  may: members('owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  locks: (tx, { id }) => appointmentLock(tx, id),
  run: async (tx, input, { append, actor, tenantId }) => {
    const row = await loadAppointment(tx, input.id)
    await requireTended(tx, actor, tenantId, row.providerId)
    const status = appointmentLife.next(row.status, 'confirm')
    const { amount, currency } = row.terms
    const plan = turned(row, status, appointmentConfirmed(row.id, { ...momentOf(row), amount, currency }))
    await append(plan.events)
    await carryOut(tx, plan)
    return bookingView({ ...row, status })
  },
})
