import { waitlistJoined, waitlistLapsed, waitlistOffered } from '@/server/booking/waitlist/events'
import type { Data, StoredEvent } from '@/server/core/events'
import { requestMessage } from '@/server/notification/message/request-message'
import type { WaitingTemplate } from '@/server/notification/template/model'
import { waitingLanguage } from '@/server/notification/template/queries'
import { reaction } from '../define'

const templates: Record<string, WaitingTemplate> = {
  [waitlistJoined.type]: 'waitlist_joined',
  [waitlistOffered.type]: 'waitlist_offered',
  [waitlistLapsed.type]: 'waitlist_lapsed',
}

export const mailWaiting = reaction('mail-waiting', async (event, call) => {
  const template = templates[event.type]
  if (!template) return
  await requestMessage.execute(
    {
      businessId: event.tenantId,
      recipientId: (event as StoredEvent<Data<typeof waitlistJoined>>).data.clientId,
      template,
      language: await waitingLanguage(event.tenantId, event.aggregateId),
      aboutType: event.aggregateType,
      aboutId: event.aggregateId,
    },
    call,
  )
})
