import { confirmedAddressOf } from '@/server/auth/user/queries'
import { linkContact } from '@/server/business/contact/link'
import { entriesOfAccount, mislinked } from '@/server/business/contact/queries'
import { inTenant } from '@/server/core/query'
import { reaction, workflowHandler } from '../define'

/**
 * An entry is new, or says something else of itself: whose account it is follows. Most are nobody's, which needs no lock:
 * whoever confirms their address meanwhile is looked for again.
 */
export const linkContactHandler = reaction('link-contact', async ({ tenantId, aggregateId }, call) => {
  const { wrong } = await inTenant(tenantId, (tx) => mislinked(tx, aggregateId))
  if (wrong.length > 0) await linkContact.execute({ businessId: tenantId, contactId: aggregateId }, call)
})

/** An account is new, confirmed its address, changed it, or is gone: entries of every business follow. */
export const linkAccountHandler = workflowHandler('link-account', async (event, call) => {
  const { changes } = event.data as { changes?: Record<string, unknown> | null }
  if (changes && !('email' in changes || 'emailVerified' in changes)) return
  const userId = event.aggregateId
  for (const entry of await entriesOfAccount(userId, await confirmedAddressOf(userId)))
    await linkContact.execute(entry, call)
})
