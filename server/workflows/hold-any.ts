import { bookingsAhead } from '@/server/booking/appointment/queries'
import type { Call } from '@/server/core/command'
import { isRefusal, type Refusal } from '@/server/core/errors'
import type { Where } from '@/server/location/venue/model-place'
import { placeHold } from '@/server/scheduling/hold/place'

type Wanted = {
  providerIds: readonly string[]
  serviceId: string
  startTime: string
  seats: number
  holder: string
  place?: Where | null
}

/** Keeps the time with whoever of these is free then, the one with the fewest bookings first; one calendar at a time. */
export async function holdAny({ providerIds, ...wanted }: Wanted, call: Call) {
  let refusal: Refusal | null = null
  for (const providerId of await fairly(providerIds)) {
    try {
      return { providerId, ...(await placeHold.execute({ providerId, ...wanted }, call)) }
    } catch (error) {
      if (!isRefusal(error) || !notWithThem.has(error.code)) throw error
      // That somebody was faster says more than that another does not work then.
      if (refusal?.code !== 'slot_taken') refusal = error
    }
  }
  throw refusal ?? new Error('nobody was asked')
}

/** Why one of them cannot, while another may. */
const notWithThem = new Set([
  'slot_taken',
  'other_place',
  'outside_hours',
  'off_grid',
  'too_soon',
  'too_far',
  'not_offered',
  'held_too_often',
])

async function fairly(providerIds: readonly string[]): Promise<string[]> {
  if (providerIds.length < 2) return [...providerIds]
  const load = await bookingsAhead(providerIds)
  return [...providerIds].sort((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0) || (a < b ? -1 : 1))
}
