import { firstUndoable } from '@/server/booking/appointment/model'
import { standingOf } from '@/server/booking/appointment/queries'
import { personOfProvider, whoRuns } from '@/server/business/provider/queries'
import { isPerson } from '@/server/core/actor'
import type { Call } from '@/server/core/command'
import type { StoredEvent } from '@/server/core/events'
import { inTenant } from '@/server/core/query'
import { sendToInbox } from '@/server/notification/message/send-to-inbox'
import { kindOf, wants } from '@/server/notification/preference/model-choice'
import { accountsOf } from '@/server/notification/preference/queries'
import { reaction } from '../define'

/**
 * What the business's people find in their inbox: the event's own name says what happened. Those who run it find all of
 * it, a provider what is in their own calendar or was until now, and nobody news of what they did themselves.
 */
export const tellStaff = reaction('tell-staff', toStaff)

export async function toStaff(event: StoredEvent, call: Call): Promise<void> {
  const { tenantId, type, aggregateType, aggregateId, actorId, version } = event
  const { providerId, previousProviderId } = event.data as {
    providerId?: string
    previousProviderId?: string
  }
  const changed = aggregateType === 'booking.appointment' && version >= firstUndoable
  const { concerned, running, standing } = await inTenant(tenantId, async (tx) => {
    const tended = [providerId, previousProviderId].flatMap((id) => id ?? [])
    const [standing, running, ...concerned] = await Promise.all([
      changed ? standingOf(tx, event) : null,
      whoRuns(tx),
      ...tended.map((id) => personOfProvider(tx, id)),
    ])
    return { concerned, running, standing }
  })
  if (standing?.undone || standing?.overtaken) return
  const also = [...new Set(concerned)].flatMap((userId) => (userId && userId !== actorId ? [userId] : []))
  await sendToInbox.execute(
    {
      businessId: tenantId,
      recipientId: null,
      also,
      push: await pushedTo(event, [...running, ...also]),
      byId: isPerson(actorId) ? actorId : null,
      kind: type,
      aboutType: aggregateType,
      aboutId: aggregateId,
    },
    call,
  )
}

/** A locked screen is worth what somebody waits for: that people book, ask, move and cancel. */
async function pushedTo({ type, aggregateType, actorId }: StoredEvent, people: readonly string[]) {
  if (aggregateType !== 'booking.appointment') return []
  const others = [...new Set(people)].filter((userId) => userId !== actorId)
  return (await accountsOf(others))
    .filter(({ choices, pushes }) => pushes && wants(choices, kindOf(type), 'push'))
    .map(({ userId }) => userId)
}
