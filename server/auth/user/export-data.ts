import { eq, sql } from 'drizzle-orm'
import { appDb, authDb, relayDb } from '@/db/client'
import { account, appointment, contact, membership } from '@/db/schema'
import { newCall } from '@/server/core/command'
import { rfc3339 } from '@/server/core/fields'
import { platformTenant } from '@/server/core/id'
import { open, readAggregate } from '@/server/core/log'
import { reading } from '@/server/core/query'
import { listBrowsers } from '@/server/notification/browser/queries'
import { showOwnPreferences } from '@/server/notification/preference/queries'
import { listPasskeys, listSessions, profileOf } from './queries'
import type { SignedIn } from './session'

/** Everything we keep about a person, for that person: what they told us, what they may do, what they booked, what the log says. */
export async function exportData(who: SignedIn) {
  const { userId } = who.actor
  const call = newCall(who.actor)
  const [profile, sessions, passkeys, methods, elsewhere, said, told, rows] = await Promise.all([
    profileOf(userId),
    listSessions(who),
    listPasskeys(userId),
    authDb()
      .select({ method: account.providerId, since: account.createdAt })
      .from(account)
      .where(eq(account.userId, userId)),
    inBusinesses(userId),
    showOwnPreferences.execute({}, call),
    listBrowsers.execute({}, call),
    readAggregate(relayDb(), platformTenant, 'auth.user', userId),
  ])
  const events = await Promise.all(rows.map((row) => open(relayDb(), row)))
  return {
    exportedAt: rfc3339(Date.now()),
    profile,
    sessions,
    passkeys,
    signInMethods: methods,
    ...elsewhere,
    messages: said.choices,
    browsers: told.browsers.map(({ agent, createdAt }) => ({ agent, createdAt })),
    history: events.flatMap((event) =>
      event ? [{ type: event.type, time: event.time, data: event.data, by: event.actorId }] : [],
    ),
  }
}

/** As row-level security shows it to that person, across all businesses. */
const inBusinesses = (userId: string) =>
  reading({ userId }, async (tx) => {
    const memberships = await tx
      .select({
        businessId: membership.tenantId,
        role: membership.role,
        grantedAt: membership.grantedAt,
        revokedAt: membership.revokedAt,
      })
      .from(membership)
      .where(eq(membership.userId, userId))
    const contacts = await tx
      .select({
        businessId: contact.tenantId,
        name: contact.name,
        email: contact.email,
        phone: contact.phone,
        createdAt: contact.createdAt,
      })
      .from(contact)
      .where(eq(contact.userId, userId))
    const bookings = await tx
      .select({
        businessId: appointment.tenantId,
        id: appointment.id,
        startsAt: appointment.startsAt,
        endsAt: appointment.endsAt,
        timeZone: appointment.timeZone,
        status: appointment.status,
        terms: appointment.terms,
      })
      .from(appointment)
      .innerJoin(contact, eq(contact.id, appointment.contactId))
      .where(eq(contact.userId, userId))
    return { memberships, contacts, bookings }
  })
