import { waitlistJoined, waitlistLapsed, waitlistOffered } from '@/server/booking/waitlist/events'
import type { Data, StoredEvent } from '@/server/core/events'
import { inTenant } from '@/server/core/query'
import type { WaitingTemplate } from '@/server/notification/template/model'
import { readerLanguage } from '@/server/notification/template/queries'
import { reaction } from '../define'
import { tellClient } from '../tell-client'

const templates: Record<string, WaitingTemplate> = {
  [waitlistJoined.type]: 'waitlist_joined',
  [waitlistOffered.type]: 'waitlist_offered',
  [waitlistLapsed.type]: 'waitlist_lapsed',
}

export const mailWaiting = reaction('mail-waiting', async (event, call) => {
  const template = templates[event.type]
  if (!template) return
  const { clientId } = (event as StoredEvent<Data<typeof waitlistJoined>>).data
  const language = await inTenant(event.tenantId, (tx) =>
    readerLanguage(tx, event.tenantId, event.aggregateId, 'booking.waitlist'),
  )
  await tellClient(event, { recipientId: clientId, template, language }, call)
})
