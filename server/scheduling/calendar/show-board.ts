import { and, asc, eq, exists, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import {
  appointment,
  calendar,
  contact,
  hold,
  occupancy,
  provider,
  providerService,
  service,
  slot,
} from '@/db/schema'
import { takingStatuses } from '@/server/booking/appointment/model'
import { tendsAll } from '@/server/business/provider/model-tending'
import type { Actor } from '@/server/core/actor'
import { day, id, rfc3339 } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { query } from '@/server/core/query'
import { DAY } from '@/server/core/time'
import { elsewhereOf } from '@/server/scheduling/outside/queries'

/** What stands in a calendar, in its owner's words. An appointment in a group is counted with the group's time. */
export type BoardItem = {
  id: string
  /** `outside` is what a calendar elsewhere says is busy. */
  kind: 'appointment' | 'group' | 'hold' | 'block' | 'outside'
  providerId: string
  startTime: string
  endTime: string
  busyFrom: string
  busyTo: string
  serviceId: string | null
  serviceName: string | null
  clientName: string | null
  status: string | null
  expiresAt: string | null
  seats: { taken: number; of: number } | null
  /** What a block is for, or which other calendar says busy. */
  label: string | null
  /** How far apart the service's times lie. */
  stepMinutes: number | null
}

const mostProviders = 500
const mostItems = 10_000

type Window = { from: Date; to: Date }

/**
 * Everything in the calendars of a business's providers between two days, wherever in the world those begin. Whoever
 * is only a provider sees their own. Who was archived stays as long as somebody has a booking with them. Where there is
 * more than can be shown, `cutAt` says from when on something is left out.
 */
export const showBoard = query({
  name: 'scheduling.calendar.show_board',
  input: z.strictObject({
    businessId: id,
    from: day,
    days: z.int().min(1).max(42).default(7),
    providerId: id.optional(),
    /** Only what is the asking person's own. */
    own: z.boolean().default(false),
  }),
  may: members('owner', 'admin', 'provider'),
  run: async (tx, { from, days, providerId, own }, { call, tenantId }) => {
    const start = Date.parse(from) - DAY
    const window = { from: new Date(start), to: new Date(start + (days + 2) * DAY) }
    const providers = await tx
      .select({
        id: provider.id,
        name: provider.name,
        published: provider.published,
        status: provider.status,
        userId: provider.userId,
        rules: calendar.rules,
      })
      .from(provider)
      .innerJoin(
        calendar,
        and(eq(calendar.tenantId, provider.tenantId), eq(calendar.providerId, provider.id)),
      )
      .where(
        and(
          or(eq(provider.status, 'active'), isBooked(tx, window)),
          own || !tendsAll(call.actor, tenantId) ? eq(provider.userId, personOf(call.actor)) : undefined,
        ),
      )
      .orderBy(asc(provider.name), asc(provider.id))
      .limit(mostProviders)
    // Whom nobody knows here any more narrows nothing.
    const one = providers.find((p) => p.id === providerId)
    const ids = (one ? [one] : providers).map((p) => p.id)
    const [{ items: here, cutAt }, elsewhere, pairs] = await Promise.all([
      itemsOf(tx, window, ids),
      elsewhereOf(tx, window, ids),
      pairsOf(tx, ids),
    ])
    const items = [...here, ...elsewhere].sort((a, b) => Date.parse(a.startTime) - Date.parse(b.startTime))
    const offers = Map.groupBy(pairs, (pair) => pair.providerId)
    const serviceIds = (of: string) => (offers.get(of) ?? []).map((pair) => pair.serviceId)
    return {
      providers: providers.map(({ status, ...p }) => {
        const archived = status === 'archived'
        return { ...p, archived, serviceIds: archived ? [] : serviceIds(p.id) }
      }),
      items,
      cutAt,
    }
  },
})

/** Whether anybody comes to them still, or came in these days. */
const isBooked = (tx: Tx, { from, to }: Window): SQL =>
  exists(
    tx
      .select({ id: appointment.id })
      .from(appointment)
      .where(
        and(
          eq(appointment.tenantId, provider.tenantId),
          eq(appointment.providerId, provider.id),
          inArray(appointment.status, [...takingStatuses]),
          or(
            gt(appointment.endsAt, sql`now()`),
            and(gt(appointment.endsAt, from), lt(appointment.startsAt, to)),
          ),
        ),
      ),
  )

const nobody = '00000000-0000-0000-0000-000000000000'
const personOf = (actor: Actor): string => (actor.kind === 'user' ? actor.userId : nobody)

const pairsOf = (tx: Tx, providerIds: string[]) =>
  providerIds.length === 0
    ? Promise.resolve([])
    : tx
        .select({ providerId: providerService.providerId, serviceId: providerService.serviceId })
        .from(providerService)
        .where(inArray(providerService.providerId, providerIds))

export type Board = Awaited<ReturnType<typeof showBoard.execute>>

async function itemsOf(
  tx: Tx,
  window: Window,
  providerIds: string[],
): Promise<{ items: BoardItem[]; cutAt: string | null }> {
  if (providerIds.length === 0) return { items: [], cutAt: null }
  const rows = await tx
    .select({
      taken: occupancy,
      appointment: {
        status: appointment.status,
        serviceId: appointment.serviceId,
        contactId: appointment.contactId,
      },
      held: { serviceId: hold.serviceId },
      slot: { serviceId: slot.serviceId, taken: slot.taken, capacity: slot.capacity },
    })
    .from(occupancy)
    .leftJoin(
      appointment,
      and(eq(appointment.tenantId, occupancy.tenantId), eq(appointment.id, occupancy.refId)),
    )
    .leftJoin(hold, and(eq(hold.tenantId, occupancy.tenantId), eq(hold.id, occupancy.refId)))
    .leftJoin(slot, and(eq(slot.tenantId, occupancy.tenantId), eq(slot.id, occupancy.refId)))
    .where(
      and(
        gt(occupancy.busyTo, window.from),
        lt(occupancy.busyFrom, window.to),
        inArray(occupancy.providerId, providerIds),
      ),
    )
    .orderBy(asc(occupancy.startsAt), asc(occupancy.id))
    .limit(mostItems + 1)
  const cut = rows.length > mostItems ? rows.pop() : undefined
  const names = await namesOf(
    tx,
    rows.flatMap((r) => r.appointment?.serviceId ?? r.held?.serviceId ?? r.slot?.serviceId ?? []),
    rows.flatMap((r) => r.appointment?.contactId ?? []),
  )
  const now = new Date()
  const items = rows
    .filter(({ taken }) => !taken.expiresAt || taken.expiresAt > now)
    .map(({ taken, appointment: booked, held, slot: group }) => {
      const serviceId = booked?.serviceId ?? held?.serviceId ?? group?.serviceId
      return {
        id: taken.refId,
        kind: taken.kind === 'slot' ? 'group' : taken.kind,
        providerId: taken.providerId,
        startTime: rfc3339(taken.startsAt),
        endTime: rfc3339(taken.endsAt),
        busyFrom: rfc3339(taken.busyFrom),
        busyTo: rfc3339(taken.busyTo),
        serviceId: serviceId ?? null,
        serviceName: (serviceId && names.services.get(serviceId)?.name) ?? null,
        clientName: (booked && names.clients.get(booked.contactId)) ?? null,
        status: booked?.status ?? null,
        expiresAt: taken.expiresAt ? rfc3339(taken.expiresAt) : null,
        seats: group ? { taken: group.taken, of: group.capacity } : null,
        label: taken.label,
        stepMinutes: (serviceId && names.services.get(serviceId)?.stepMinutes) || null,
      } satisfies BoardItem
    })
  return { items, cutAt: cut ? rfc3339(cut.taken.startsAt) : null }
}

async function namesOf(tx: Tx, serviceIds: string[], contactIds: string[]) {
  const services = serviceIds.length
    ? await tx
        .select({ id: service.id, name: service.name, stepMinutes: service.stepMinutes })
        .from(service)
        .where(inArray(service.id, [...new Set(serviceIds)]))
    : []
  const clients = contactIds.length
    ? await tx
        .select({ id: contact.id, name: contact.name })
        .from(contact)
        .where(inArray(contact.id, [...new Set(contactIds)]))
    : []
  return {
    services: new Map(services.map((s) => [s.id, s])),
    clients: new Map(clients.map((c) => [c.id, c.name])),
  }
}
