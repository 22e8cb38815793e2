/** A notice as the inbox is read. */
export type Answer = {
  id: string
  kind: string
  unread: boolean
  createdAt: string
  business: string
  path: string | null
  about: { service: string; startTime: string; timeZone: string; who: string | null } | null
  away: boolean
}

/** What the bell asks for: the number, and the latest in the reader's words. */
export type Latest = {
  unread: number
  notices: {
    id: string
    unread: boolean
    leads: boolean
    title: string
    about: string | null
    under: string
  }[]
  shownTo: string | null
}
