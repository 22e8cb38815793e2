import type { Call } from '@/server/core/command'
import type { StoredEvent } from '@/server/core/events'
import { requestMessage } from '@/server/notification/message/request-message'
import { accountOf } from '@/server/notification/preference/queries'
import type { Language, MailTemplate } from '@/server/notification/template/model'

type Said = { recipientId: string; template: MailTemplate; language: Language }

/** Says to a client of a business what an event means for them. */
export const tellClient = async (event: StoredEvent, said: Said, call: Call) =>
  requestMessage.execute(
    {
      ...said,
      businessId: event.tenantId,
      aboutType: event.aggregateType,
      aboutId: event.aggregateId,
      account: await accountOf(event.tenantId, said.recipientId),
    },
    call,
  )
