import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { provider, venue } from '@/db/schema'
import { config } from '@/server/core/config'
import { resourceToken } from '@/server/core/crypto'
import { refuse } from '@/server/core/errors'
import { online, venuesAmong, type Where } from './model-place'
import { zoneAt } from './queries'

/** Whoever makes something depend on a venue, and whoever takes the venue away, holds these locks. */
export const venueLocks = (...places: (Where | null | undefined)[]): string[] =>
  venuesAmong(places).map((id) => `venue:${id}`)

/** Refuses a place that is not, or no longer, one of the business's. */
export async function requirePlaces(tx: Tx, places: readonly (Where | null | undefined)[]): Promise<void> {
  const ids = venuesAmong(places)
  if (ids.length === 0) return
  const found = await tx
    .select({ id: venue.id })
    .from(venue)
    .where(and(inArray(venue.id, ids), eq(venue.status, 'active')))
  if (found.length < ids.length) refuse('not_found', 'place_not_found')
}

/** What a booking is told of its place, from now on: where, by whose clock, and the link where it is online. */
export type Meeting = { place: Where | null; timeZone: string; meetingLink: string | null }

type About = { bookingId: string; providerId: string; place: Where | null; timeZone: string }

export async function meetAt(tx: Tx, { bookingId, providerId, place, timeZone }: About): Promise<Meeting> {
  if (place === null) return { place, timeZone, meetingLink: null }
  if (place === online) {
    const [row] = await tx
      .select({ own: provider.roomLink })
      .from(provider)
      .where(eq(provider.id, providerId))
    return { place, timeZone, meetingLink: row?.own ?? roomFor(bookingId) }
  }
  return { place, timeZone: await zoneAt(tx, place, timeZone), meetingLink: null }
}

/** A room of the booking's own, where the installation has a service that opens one at any address: nobody guesses it. */
function roomFor(bookingId: string): string | null {
  const base = config().MEETING_BASE_URL
  return base ? `${base}/${resourceToken('meeting', bookingId)}` : null
}
