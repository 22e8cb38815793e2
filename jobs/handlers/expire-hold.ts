import { expireHold } from '@/server/scheduling/hold/expire'
import { reaction } from '../define'

export const expireHoldHandler = reaction('expire-hold', (event, call) =>
  expireHold.execute({ holdId: event.aggregateId }, call),
)
