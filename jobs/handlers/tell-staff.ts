import { personOfProvider } from '@/server/business/provider/queries'
import { isPerson } from '@/server/core/actor'
import type { Call } from '@/server/core/command'
import type { StoredEvent } from '@/server/core/events'
import { sendToInbox } from '@/server/notification/message/send-to-inbox'
import { reaction } from '../define'

/**
 * What the business's people find in their inbox: the event's own name says what happened. Those who run it find all of
 * it, a provider what is in their own calendar, and nobody news of what they did themselves.
 */
export const tellStaff = reaction('tell-staff', toStaff)

export async function toStaff(event: StoredEvent, call: Call): Promise<void> {
  const { tenantId, aggregateType, aggregateId, actorId } = event
  const { providerId } = event.data as { providerId?: string }
  const provider = providerId ? await personOfProvider(tenantId, providerId) : null
  await sendToInbox.execute(
    {
      businessId: tenantId,
      recipientId: null,
      also: provider && provider !== actorId ? [provider] : [],
      byId: isPerson(actorId) ? actorId : null,
      kind: event.type,
      aboutType: aggregateType,
      aboutId: aggregateId,
    },
    call,
  )
}
