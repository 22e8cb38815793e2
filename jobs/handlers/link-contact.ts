import { confirmedAddressOf } from '@/server/auth/user/queries'
import { linkContact } from '@/server/business/contact/link'
import { entriesOfAccount } from '@/server/business/contact/queries'
import { reaction, workflowHandler } from '../define'

/** An entry is new, or says something else of itself: whose account it is follows. */
export const linkContactHandler = reaction('link-contact', (event, call) =>
  linkContact.execute({ businessId: event.tenantId, contactId: event.aggregateId }, call),
)

/** An account is new, confirmed its address, changed it, or is gone: entries of every business follow. */
export const linkAccountHandler = workflowHandler('link-account', async (event, call) => {
  const { changes } = event.data as { changes?: Record<string, unknown> | null }
  if (changes && !('email' in changes || 'emailVerified' in changes)) return
  const userId = event.aggregateId
  for (const entry of await entriesOfAccount(userId, await confirmedAddressOf(userId)))
    await linkContact.execute(entry, call)
})
