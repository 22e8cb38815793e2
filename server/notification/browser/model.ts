import { z } from 'zod'
import type { Data } from '@/server/core/events'
import { line } from '@/server/core/fields'
import type { browserSubscribed } from './events'

/** A browser that is told of things while nobody looks, as long as somebody stays signed in there. */
export type Browser = { userId: string; sessionId: string; active: boolean }

export const evolveBrowser = {
  'notification.browser.subscribed.v1': (
    _: Browser | null,
    { userId, sessionId }: Data<typeof browserSubscribed>,
  ): Browser => ({ userId, sessionId, active: true }),
  'notification.browser.removed.v1': (s: Browser): Browser => ({ ...s, active: false }),
}

/** Whoever has more of them subscribed loses the oldest. */
export const mostBrowsers = 20

const base64url = (length: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${length}}=*$`))

/** What a browser says of itself: where it is reached, and how to write to it so that only it can read. */
export const subscription = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  p256dh: base64url(87),
  auth: base64url(22),
  agent: line(400, 0).nullable().default(null),
})
export type Subscription = z.output<typeof subscription>
