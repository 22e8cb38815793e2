/** Where a browser is reached, as it said when it subscribed. */
export type PushTarget = { endpoint: string; p256dh: string; auth: string }

export type Push = {
  /** What the page's worker is given; nobody on the way can read it. */
  body: string
  /** Of several under one name a browser that was away gets the last. */
  topic: string
  ttlSeconds: number
}

/** The browser does not want it any more, or there is none: what was known of it may go. */
export class PushGone extends Error {
  override name = 'PushGone'
}

/** For ever: trying again would not help. The reason carries codes only. */
export class PushRefused extends Error {
  override name = 'PushRefused'
}
