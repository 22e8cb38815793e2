/** What a server said when it was asked for a calendar. */
export type CalendarAnswer =
  | { changed: false }
  | { changed: true; text: string; etag: string | null; lastModified: string | null }

/** What is known of its last answer, so that it need not be sent again. */
export type KnownAnswer = { etag: string | null; lastModified: string | null } | null

export const readFailures = [
  'address_refused',
  'unreachable',
  'timed_out',
  'certificate',
  'too_large',
  'too_many_redirects',
] as const
export type ReadFailure = (typeof readFailures)[number] | `answered_${number}`

/** It could not be read: why, in a word that pages know. */
export class CalendarUnreadable extends Error {
  override name = 'CalendarUnreadable'
  constructor(readonly failure: ReadFailure) {
    super(failure)
  }
}
