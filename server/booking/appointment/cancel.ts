import { z } from 'zod'
import { requireTended } from '@/server/business/provider/capabilities'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id, prose } from '@/server/core/fields'
import { bearerOf } from '@/server/core/policy'
import { carryOut, factsAround, merge } from '@/server/scheduling/calendar/capabilities'
import { appointmentLock, leavePlace, loadAppointment, momentOf, turned } from './capabilities'
import { appointmentCancelled } from './events'
import { appointmentLife, cancellationFee } from './model'
import { bookingView, tenantOfAppointment } from './queries'

/** By the client's link, by the business, or by a workflow; the fee follows from the terms frozen at booking. */
export const cancelAppointment = command({
  name: 'booking.appointment.cancel',
  input: z.strictObject({ id, reason: prose(500).optional() }),
  may: bearerOf('appointment', 'owner', 'admin', 'provider'),
  tenant: ({ id }) => tenantOfAppointment(id),
  resource: ({ id }) => id,
  locks: (tx, { id }) => appointmentLock(tx, id),
  run: async (tx, input, { actor, now, append, tenantId }) => {
    const row = await loadAppointment(tx, input.id)
    await requireTended(tx, actor, tenantId, row.providerId)
    const status = appointmentLife.next(row.status, 'cancel')
    const by = actor.kind === 'bearer' ? 'client' : actor.kind === 'system' ? 'system' : 'business'
    if (by === 'client' && row.startsAt <= now) refuse('conflict', 'already_begun')
    const feeAmount = cancellationFee(
      row.terms,
      row.startsAt.getTime(),
      now.getTime(),
      by === 'client' ? 'client' : 'business',
    )
    const facts = await factsAround(tx, row.providerId, row.serviceId, row.startsAt.getTime())
    const cancelled = appointmentCancelled(row.id, {
      ...momentOf(row),
      cancelledBy: by,
      reason: input.reason || null,
      feeAmount,
      refundAmount: 0,
      currency: row.terms.currency,
    })
    const all = merge(turned(row, status, cancelled), leavePlace(facts, row, now))
    await append(all.events)
    await carryOut(tx, all)
    const refund = { amount: 0, fee: feeAmount, currency: row.terms.currency }
    return { ...bookingView({ ...row, status }), refund }
  },
})
