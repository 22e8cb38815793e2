import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { browser } from '@/db/schema'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { signedIn } from '@/server/core/policy'
import { carryOut } from '@/server/scheduling/calendar/capabilities'
import { browsersLock, planRemoval } from './capabilities'

/** A browser is told of nothing any more: by its owner, or by the system where nothing reaches it. */
export const removeBrowser = command({
  name: 'notification.browser.remove',
  input: z.strictObject({ browserId: id }),
  may: signedIn,
  locks: async (tx, { browserId }) => {
    const [row] = await tx.select({ userId: browser.userId }).from(browser).where(eq(browser.id, browserId))
    return row ? [browsersLock(row.userId)] : []
  },
  run: async (tx, { browserId }, { actor, append }) => {
    const [row] = await tx
      .select({ id: browser.id, userId: browser.userId })
      .from(browser)
      .where(and(eq(browser.id, browserId), eq(browser.active, true)))
    if (!row || (actor.kind === 'user' && row.userId !== actor.userId)) return refuse('not_found')
    const plan = planRemoval([row])
    await append(plan.events)
    await carryOut(tx, plan)
    return { browserId }
  },
})
