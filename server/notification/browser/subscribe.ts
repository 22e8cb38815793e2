import { and, asc, eq, or } from 'drizzle-orm'
import { browser } from '@/db/schema'
import { command } from '@/server/core/command'
import { config } from '@/server/core/config'
import { sha256 } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { isPrivateHost } from '@/server/core/outbound'
import { signedIn } from '@/server/core/policy'
import { carryOut, merge } from '@/server/scheduling/calendar/capabilities'
import { sealFor } from '../message/capabilities'
import { browsersLock, planRemoval } from './capabilities'
import { browserSubscribed } from './events'
import { mostBrowsers, subscription } from './model'

/** The browser somebody sits at is told of what is new, instead of whoever used it before. */
export const subscribeBrowser = command({
  name: 'notification.browser.subscribe',
  input: subscription.extend({ sessionId: id }),
  may: signedIn,
  locks: (_tx, { endpoint }, { actor }) =>
    actor.kind === 'user' ? [browsersLock(actor.userId), `endpoint:${sha256(endpoint)}`] : [],
  run: async (tx, { sessionId, ...said }, { actor, tenantId, now, append }) => {
    if (actor.kind !== 'user') return refuse('unauthenticated')
    const { userId } = actor
    const url = new URL(said.endpoint)
    const open = config().PRIVATE_ADDRESSES
    if (!open && (url.protocol !== 'https:' || isPrivateHost(url.hostname)))
      refuse('unprocessable', 'push_address')
    const endpointHash = sha256(said.endpoint)
    const rows = await tx
      .select({
        id: browser.id,
        userId: browser.userId,
        sessionId: browser.sessionId,
        hash: browser.endpointHash,
      })
      .from(browser)
      .where(
        and(eq(browser.active, true), or(eq(browser.userId, userId), eq(browser.endpointHash, endpointHash))),
      )
      .orderBy(asc(browser.createdAt))
    const same = rows.find((row) => row.hash === endpointHash)
    if (same?.userId === userId && same.sessionId === sessionId) return { browserId: same.id }
    const mine = rows.filter((row) => row.userId === userId && row !== same)
    const gone = [...(same ? [same] : []), ...mine.slice(0, Math.max(0, mine.length - mostBrowsers + 1))]
    const browserId = newId()
    const sealed = await sealFor(tx, tenantId, userId, browserId, said)
    if (!sealed) return refuse('not_found')
    const row = { tenantId, id: browserId, userId, sessionId, endpointHash, sealed, createdAt: now }
    const plan = merge(planRemoval(gone), {
      events: [browserSubscribed(browserId, { browserId, userId, sessionId })],
      write: [(t) => t.insert(browser).values({ ...row, active: true })],
    })
    await append(plan.events)
    await carryOut(tx, plan)
    return { browserId }
  },
})
