import type { Data, StoredEvent } from '@/server/core/events'
import { DAY } from '@/server/core/time'
import type { outsideFailed } from '@/server/scheduling/outside/events'
import { failingSince } from '@/server/scheduling/outside/queries'
import { reaction } from '../define'
import { toStaff } from './tell-staff'

type Failed = StoredEvent<Data<typeof outsideFailed>>

/** Servers have bad hours. After a day it is worth a word. */
export const afterOneDay = ({ data }: Failed): string =>
  new Date(Date.parse(data.failingSince) + DAY).toISOString()

/** A calendar elsewhere could not be read for a whole day: those who rely on it hear of that. */
export const tellOutsideFailing = reaction('tell-outside-failing', async (event, call) => {
  const since = await failingSince(event.tenantId, event.aggregateId)
  if (since === (event as Failed).data.failingSince) await toStaff(event, call)
})
