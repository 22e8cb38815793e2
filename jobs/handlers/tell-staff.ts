import { sendToInbox } from '@/server/notification/message/send-to-inbox'
import { reaction } from '../define'

/** What the business's people find in their inbox: the event's own name says what happened. */
export const tellStaff = reaction('tell-staff', (event, call) =>
  sendToInbox.execute(
    {
      businessId: event.tenantId,
      recipientId: null,
      kind: event.type,
      aboutType: event.aggregateType,
      aboutId: event.aggregateId,
    },
    call,
  ),
)
