import { inboxWords } from '@/components/inbox/words'
import { type Push, PushGone, PushRefused } from '@/server/adapters/push/push'
import { sendPush } from '@/server/adapters/push/sender'
import { profileOf } from '@/server/auth/user/queries'
import { whoRuns } from '@/server/business/provider/queries'
import type { Data, StoredEvent } from '@/server/core/events'
import { inTenant } from '@/server/core/query'
import { browsersOf, shortFacts } from '@/server/notification/browser/queries'
import { removeBrowser } from '@/server/notification/browser/remove'
import type { messageRequested } from '@/server/notification/message/events'
import { requestToSend } from '@/server/notification/message/queries'
import { recordFailure } from '@/server/notification/message/record-failure'
import { recordSent } from '@/server/notification/message/record-sent'
import { languageOf } from '@/server/notification/template/model'
import { whenInShort } from '@/server/notification/template/model-when'
import { external } from '../define'
import { partsOf } from '../parts'

type Requested = StoredEvent<Data<typeof messageRequested>>

/** What is older than this when a browser comes back is in the inbox, and no news. */
const ttlSeconds = 12 * 3600

const gone = () => Promise.reject(new PushGone('signed out'))

/** Tells somebody in each of their browsers; those that are gone, or were signed out, are forgotten. */
export const sendPushes = external('send-push', {
  run: async (event, call, { attempt, last }) => {
    const { data, tenantId } = event as Requested
    const { notificationId, recipientId } = data
    const what = { businessId: tenantId, notificationId }
    const requested =
      data.channel === 'push'
        ? await inTenant(tenantId, (tx) => requestToSend(tx, tenantId, notificationId))
        : null
    if (!requested || !recipientId) return null
    const push = await pushOf(requested, recipientId)
    const { done, once } = await partsOf('send-push', event, attempt)
    const failed: unknown[] = []
    for (const { id: browserId, alive, target } of push ? await browsersOf(recipientId) : []) {
      const tell = push && alive ? once(browserId, () => sendPush(target, push)) : gone()
      await tell
        .catch((error) => {
          if (!(error instanceof PushGone)) throw error
          return removeBrowser.execute({ browserId }, call)
        })
        .catch((error) => failed.push(error))
    }
    const refused = failed.find((error) => error instanceof PushRefused)
    const later = failed.find((error) => !(error instanceof PushRefused))
    // One that does not answer keeps nobody's others waiting, and what reached one of them has arrived.
    if (later && !(last && done.size > 0)) throw later
    if (done.size > 0) return (c) => recordSent.execute(what, c)
    const error = refused ? `push: ${refused.message}` : 'nobody_to_send_to'
    return (c) => recordFailure.execute({ ...what, error }, c)
  },
  giveUp: (event, error, call) => {
    const { data, tenantId } = event as Requested
    const said = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown'
    return recordFailure.execute(
      { businessId: tenantId, notificationId: data.notificationId, error: said },
      call,
    )
  },
})

/** In its reader's language: in whose name, what happened and when. Who and what for stay behind the lock. */
async function pushOf({ tenantId, data }: Requested, userId: string): Promise<Push | null> {
  const person = await profileOf(userId)
  const facts = person && (await shortFacts(tenantId, data.aboutType, data.aboutId))
  if (!facts) return null
  const language = languageOf(person.language)
  const words = inboxWords[language]
  const what = words.kinds[data.template] ?? words.other
  const when = facts.startTime && whenInShort(facts.startTime, facts.timeZone, language)
  const away =
    data.template.includes('.') &&
    facts.tendedBy !== userId &&
    !(await inTenant(tenantId, whoRuns)).includes(userId)
  const said = {
    title: facts.business,
    body: away ? `${what}. ${words.away}` : when ? `${what}: ${when}` : what,
    tag: data.notificationId,
    url: `/me/inbox/open/${data.notificationId}`,
    lang: language,
  }
  return { body: JSON.stringify(said), topic: data.notificationId.replaceAll('-', ''), ttlSeconds }
}
