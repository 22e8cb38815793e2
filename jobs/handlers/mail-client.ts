import {
  appointmentCancelled,
  appointmentConfirmed,
  appointmentRescheduled,
} from '@/server/booking/appointment/events'
import type { Data, StoredEvent } from '@/server/core/events'
import { requestMessage } from '@/server/notification/message/request-message'
import type { AppointmentTemplate } from '@/server/notification/template/model'
import { appointmentLanguage } from '@/server/notification/template/queries'
import { reaction } from '../define'

const templates: Record<string, AppointmentTemplate> = {
  [appointmentConfirmed.type]: 'appointment_confirmed',
  [appointmentRescheduled.type]: 'appointment_rescheduled',
  [appointmentCancelled.type]: 'appointment_cancelled',
}

/** What the person who is booked for has to know. */
export const mailClient = reaction('mail-client', async (event, call) => {
  const template = templates[event.type]
  if (!template) return
  const { clientId } = (event as StoredEvent<Data<typeof appointmentConfirmed>>).data
  await requestMessage.execute(
    {
      businessId: event.tenantId,
      recipientId: clientId,
      template,
      language: await appointmentLanguage(event.tenantId, event.aggregateId),
      aboutType: event.aggregateType,
      aboutId: event.aggregateId,
    },
    call,
  )
})
