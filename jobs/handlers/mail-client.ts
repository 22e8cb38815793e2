import {
  appointmentApprovalRequested,
  appointmentCancelled,
  appointmentConfirmed,
  appointmentDeclined,
  appointmentRescheduled,
} from '@/server/booking/appointment/events'
import { standingOf } from '@/server/booking/appointment/queries'
import type { Data, StoredEvent } from '@/server/core/events'
import { inTenant } from '@/server/core/query'
import type { AppointmentTemplate } from '@/server/notification/template/model'
import { readerLanguage } from '@/server/notification/template/queries'
import { reaction } from '../define'
import { tellClient } from '../tell-client'

const templates: Record<string, AppointmentTemplate> = {
  [appointmentApprovalRequested.type]: 'appointment_requested',
  [appointmentConfirmed.type]: 'appointment_confirmed',
  [appointmentDeclined.type]: 'appointment_declined',
  [appointmentRescheduled.type]: 'appointment_rescheduled',
  [appointmentCancelled.type]: 'appointment_cancelled',
}

/** What the person who is booked for has to know. */
export const mailClient = reaction('mail-client', async (event, call) => {
  const said = templates[event.type]
  if (!said) return
  const { tenantId, aggregateId } = event
  const { standing, language } = await inTenant(tenantId, async (tx) => ({
    standing: await standingOf(tx, event),
    language: await readerLanguage(tx, tenantId, aggregateId),
  }))
  if (standing?.undone || standing?.overtaken || standing?.asksAnew) return
  // A new time that somebody has to agree to is told as the request that it is.
  const template = standing?.statusThen === 'pending' ? 'appointment_requested' : said
  // Booked in one go, told in one letter.
  if (event.version <= 2 && standing && standing.toldWith !== aggregateId) return
  const { clientId } = (event as StoredEvent<Data<typeof appointmentConfirmed>>).data
  await tellClient(event, { recipientId: clientId, template, language }, call)
})
