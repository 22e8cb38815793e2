import { lapseOffer } from '@/server/booking/waitlist/lapse'
import { reaction } from '../define'

export const lapseOfferHandler = reaction('lapse-offer', (event, call) =>
  lapseOffer.execute({ holdId: event.aggregateId }, call),
)
