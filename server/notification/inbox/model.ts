import type { Data } from '@/server/core/events'
import type { inboxCleared, inboxOpened } from './events'

/** What somebody read: everything up to an instant, and single notices that came after it. */
export type Inbox = { readTo: string | null; opened: string[] }

/** Of more than these the oldest count as unread again, until all are marked as read. */
const mostOpened = 500

export const alsoOpened = (opened: readonly string[], id: string): string[] =>
  [...opened.filter((one) => one !== id), id].slice(-mostOpened)

export const evolveInbox = {
  'notification.inbox.opened.v1': (s: Inbox | null, d: Data<typeof inboxOpened>): Inbox => ({
    readTo: s?.readTo ?? null,
    opened: alsoOpened(s?.opened ?? [], d.notificationId),
  }),
  'notification.inbox.cleared.v1': (_: Inbox | null, d: Data<typeof inboxCleared>): Inbox => ({
    readTo: d.readTo,
    opened: [],
  }),
}

/** Beyond it nobody counts. */
export const mostCounted = 99
