import type { businessCreated } from '@/server/business/business/events'
import type { Data, StoredEvent } from '@/server/core/events'
import { setUpBusiness } from '@/server/workflows/set-up-business'
import { workflowHandler } from '../define'

export const setUpBusinessHandler = workflowHandler('set-up-business', (event, call, attempt) => {
  const { businessId, name, timeZone, currency, language, ownerId } = (
    event as StoredEvent<Data<typeof businessCreated>>
  ).data
  return setUpBusiness({ businessId, name, timeZone, currency, language, ownerId }, call, attempt)
})
