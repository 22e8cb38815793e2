import { readOutside } from '@/server/workflows/read-outside'
import { workflowHandler } from '../define'

/** A calendar elsewhere was connected, or somebody does not want to wait: it is asked at once. */
export const readOutsideHandler = workflowHandler('read-outside', async (event, call) => {
  const which = { businessId: event.tenantId, outsideId: event.aggregateId }
  await readOutside(which, call, Date.parse(event.time))
})
